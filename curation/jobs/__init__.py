"""Jobs: files that somebody hands in are read, shown, and brought in by a process in the background.

uploads         files and pasted text -> a draft, and what is wrong with the others
queue           a job is handed to the workers, cancelled, tried again; what a dead worker left is taken up
lease           a running job belongs to one worker for a while; who lost it writes nothing
reader_process  a process of its own that reads one file after the other, with bounded memory
page_reader     the files of a job, each read in such a process within its time
diff            what a page that is read again would change, row by row
reextraction    the pages that an earlier extractor has read, as the files of a job
rule_comparison what rules of the staff change, shown before they count
preview         what files would bring, without writing anything; preview_page shows it
load            one file into the catalogue, once
heartbeat       the worker's sign of life
task            what a worker does with a job
"""
