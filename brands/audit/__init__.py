"""The audit log: every change of a row, in numbered change sets, and what is made of it (docs/audit-log.md).

triggers        what writes the log: triggers of the database on every table of the catalogue; followed_tables what
                their SQL needs to know, triggers_sqlite and triggers_postgresql that SQL
app_role        the role of PostgreSQL that serves the site and can only add to the log
seals           the chain of hashes over the entries
check           whether all of it holds; replay: whether the entries fit each other and the rows
base_entries    entries of rows that none tells of, such as those older than the log
change_sets     changes that belong together; previews that do the work, read the log and roll back
snapshots       a row of the log as a row of a model, and back
net_changes     what a change set came to for each row
undo            undoing a change set, step by step
undo_rows       what undoing does to each row, and where it keeps what came later
bare            facts that people decided on and that an undo would leave without evidence
merge           two records become one; merge_records: the merges that stand, and what keeps one from being undone
split           a brand that was joined wrongly becomes two
history         the changes of a row, of what refers to it, and of rows that are gone
describe        changes in words
redirects       where the address of a brand or program leads that has no row any more
four_eyes       who may review what, where nobody reviews their own work
"""
