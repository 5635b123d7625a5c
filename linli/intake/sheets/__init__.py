"""Reading tables as other systems write them: workbooks, text, and web pages that call themselves .xls.

A file is opened in a process of its own with little memory and no database (``child``): whatever is
in it, what breaks is that process. Nothing here but ``reading`` and ``words`` knows Django.
"""
