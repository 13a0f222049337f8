"""The generated definitions, one folder an edition; `dicomspec.edition` loads them."""
