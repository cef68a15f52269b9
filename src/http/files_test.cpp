#include "http/files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/fault.h"
#include "http/http.h"

namespace huilu::http {
namespace {

namespace fs = std::filesystem;

// A folder that goes with the test.
class Files : public ::testing::Test {
 protected:
  Files() {
    std::string pattern = (fs::temp_directory_path() / "huilu-test-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Files() override { fs::remove_all(folder_); }

  std::size_t count() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  std::string folder_;
};

TEST_F(Files, a_body_is_gone_with_its_object) {
  {
    TemporaryFile file;
    ASSERT_TRUE(file.create(folder_));
    ASSERT_TRUE(file.append("half of an upload"));
    EXPECT_EQ(count(), 1u);
  }
  EXPECT_EQ(count(), 0u);
}

TEST_F(Files, a_body_that_the_handler_renamed_stays) {
  {
    TemporaryFile file;
    ASSERT_TRUE(file.create(folder_));
    fs::rename(file.path(), folder_ + "/kept");
  }
  EXPECT_TRUE(fs::exists(folder_ + "/kept"));
}

TEST_F(Files, a_sweep_takes_what_a_killed_server_left_and_nothing_that_is_in_use) {
  TemporaryFile in_use;
  ASSERT_TRUE(in_use.create(folder_));
  std::ofstream(folder_ + "/huilu-body-abc123") << "cut";
  std::ofstream(folder_ + "/notes.txt") << "not ours";

  EXPECT_EQ(sweep_bodies(folder_), 1u);

  EXPECT_TRUE(fs::exists(in_use.path()));
  EXPECT_TRUE(fs::exists(folder_ + "/notes.txt"));
  EXPECT_FALSE(fs::exists(folder_ + "/huilu-body-abc123"));
  EXPECT_EQ(sweep_bodies(folder_), 0u);
}

TEST_F(Files, a_folder_that_cannot_be_read_is_a_fault) {
  EXPECT_THROW(sweep_bodies(folder_ + "/nowhere"), Fault);
}

}  // namespace
}  // namespace huilu::http
