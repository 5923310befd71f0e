"""LibreOffice calculates a workbook and writes its sheets as text: BOOK.xlsx FOLDER."""

import subprocess
import sys
import tempfile
from pathlib import Path

book, folder = sys.argv[1:]
form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"  # every sheet, UTF-8
with tempfile.TemporaryDirectory() as profile:
    place = f"-env:UserInstallation={Path(profile).as_uri()}"
    command = ["soffice", "--headless", place, "--convert-to", form, "--outdir", folder, book]
    subprocess.run(command, check=True, capture_output=True)
