"""The limits that keep a hostile input from filling memory, the disk, or the day."""

DEPTH = 100  # Sequences in Sequences; a content tree of a report (PS3.3 C.17.3) has some 20
ELEMENTS = 3_000_000  # of one data set, Items and fragments among them: about 1 GB in memory
BULK = 1024  # bytes; a longer value of a bulk VR stays in the file
TEXT = 1 << 20  # bytes; a longer value of any other VR stays in the file
HELD = 32 << 20  # bytes of values in memory; when they are used up, only short ones are still held
SHORT = 256  # bytes; what is short then
INFLATED = 512 << 20  # bytes of a deflated data set
STREAM = 4 << 30  # bytes of a stream that can't be sought, and so is copied to the disk
SPOOLED = 8 << 20  # bytes of a copy that stays in memory before it goes to the disk
JSON_TEXT = 128 << 20  # bytes of one data set in DICOM JSON
JSON_MARKS = 5_000_000  # commas and opening brackets of one data set in DICOM JSON
REMARKS = 20  # of one code in one data set; the others are counted
