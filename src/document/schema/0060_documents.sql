-- Imported documents (文件). A document is known by the name that packs cite; each corrected copy
-- is a version of it. Every row is content: `seq` names the entry that made it.
create table document (
  id bigint primary key,
  name {text} not null unique,
  version bigint not null,              -- the latest
  seq bigint not null
){strict};

-- bytes: as they came. reading: canonical JSON of title, metadata, holes, repairs and notes.
create table document_version (
  document bigint not null,
  version bigint not null,
  hash {text} not null,                 -- sha256:… of the bytes
  file_name text not null,
  bytes {bytes} not null,
  reading text not null,
  imported_by bigint not null,
  imported_at bigint not null,
  seq bigint not null,
  primary key (document, version)
){keyed};

-- The clauses of each version, in the order of the text; an id is never given to another clause.
create table document_clause (
  document bigint not null,
  version bigint not null,
  n bigint not null,
  id {text} not null,
  content text not null,                -- canonical JSON: path, heading, text, raw, holes …
  primary key (document, version, n)
){keyed};
