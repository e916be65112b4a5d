"""What a person does with a plan: tick, postpone, note, edit, undo. Each act is in the journal, and the plan's file
where it changes it, when the function returns; commands and other front ends call these.
"""
