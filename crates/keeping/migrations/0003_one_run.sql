-- Two programs that begin a run at the same moment begin one: the second's is refused, and it joins the first's.
create unique index keeping_run_one on keeping_run (coalesce(finished_at, 0)) where finished_at is null;
