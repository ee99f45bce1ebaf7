"""The lender pack: a workbook whose cash flow a spreadsheet recalculates."""
