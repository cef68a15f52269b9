// The folder of attachments: plain files named by their hash, two levels deep
// (files/ab/cdef…). A file is complete and on disk before its row is committed; a file without a
// row is rubbish that nobody sees.
#pragma once

#include <string>

#include "record/commands.h"

namespace huilu::record {

class FileFolder {
 public:
  explicit FileFolder(std::string folder);

  // Hashes and syncs the temporary file and moves it to its place. Faults: storage_full, internal.
  StoredFile take(const std::string& temporary, std::string media_type, std::string name) const;
  std::string path_of(const std::string& sha256) const;
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

// SHA-256 of a file's bytes; a Fault when it cannot be read.
std::string file_hash(const std::string& path);

// What the journal says of a file besides its name.
Value file_content(const StoredFile& file);

}  // namespace huilu::record
