"""Writes the tables of this folder, by pyarrow 25.0.1, pandas 3.0.6 and openpyxl 3.1.5: python3 write.py"""

import os

import openpyxl
import pandas

os.chdir(os.path.dirname(os.path.abspath(__file__)))
runs = pandas.DataFrame(
    {"params": [100_000_000, 400_000_000], "tokens": [2_000_000_000, 8_000_000_000], "val_loss": [3.5, 3.0], "note": ["a", None]}
)
for compression in ["snappy", "zstd", "gzip", "brotli"]:
    runs.to_parquet(f"{compression}.parquet", index=False, compression=compression)
runs.to_pickle("runs.pkl")

book = openpyxl.Workbook()
book.active.title = "notes"
book.active.append(["nothing of interest"])
sheet = book.create_sheet("runs")
sheet.append(["Scaling runs, spring"])
sheet.append([])
sheet.append(["params (M)", "tokens (B)", "val_loss", "date"])
sheet.append([100, 2, 3.5, pandas.Timestamp("2025-01-02").to_pydatetime()])
sheet.append([400, 8, "=6/2", None])
sheet["C5"] = 3.0
book.create_sheet("empty")
book.save("runs.xlsx")
