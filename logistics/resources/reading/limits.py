"""What a file may cost. Returns are small: the largest real workbook has some 3,000 rows and 130 kB."""

MAX_FILE_BYTES = 10 * 2**20
MAX_INFLATED_BYTES = 32 * 2**20  # all parts of a workbook together
MAX_PARTS = 2_000  # of a workbook
MAX_ROWS = 10_000  # that hold something, in one file
MAX_COLUMNS = 256
MAX_CELLS = 2_000_000  # of a sheet, empty ones included
MAX_CELL_CHARACTERS = 32_767  # Excel's own limit
MAX_TEXT_CHARACTERS = 4_000_000  # of a file
MAX_SHEETS = 200
MAX_MERGED_CELLS = 200_000

# The child process that opens the file.
CHILD_ADDRESS_SPACE = 384 * 2**20
CHILD_CPU_SECONDS = 6
CHILD_WALL_SECONDS = 8
CHILD_ANSWER_BYTES = 96 * 2**20
