"""Reports: what goes out to those who decide and do not sit in the app. Chosen sections about chosen days, as one text
of plain data, which the page, the PDF, the workbook and an issued report that never changes are all written from.
"""
