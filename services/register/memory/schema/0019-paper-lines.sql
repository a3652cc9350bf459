-- The shop's own lines of its customers' papers (K4), each from when on: a paper has those of the
-- moment when its operation was begun, however late it is printed, repeated or copied.
create table paper_lines(since integer not null, body text not null) strict;
create index paper_lines_since on paper_lines(since);
