#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "cli/backup.h"
#include "cli/testing.h"
#include "cli/verify.h"
#include "record/commands.h"

namespace huilu::cli {
namespace {

namespace fs = std::filesystem;
using testing::contains;

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class KeepingTest : public testing::OnBoth {
 protected:
  void SetUp() override {
    OnBoth::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    ASSERT_EQ(run_here({"account", "create", "m1", "--display", "Machine", "--machine"}).exit,
              Exit::done);
    const SystemClock clock;
    Installation installation(location(), clock);
    write(outside_.path() + "/upload", "the minutes");
    auto file = installation.files().take(outside_.path() + "/upload", "text/plain", "minutes.txt");
    attachment_ = file.sha256;
    ASSERT_TRUE(installation.run(std::make_unique<record::AddFile>(std::move(file))).ok());
  }

  std::string attachment_in(const std::string& data) {
    return record::FileFolder(data + "/files").path_of(attachment_);
  }

  // Where a backup is restored to: an empty folder, and an empty database of the same kind.
  Location target() {
    second_.emplace(dialect());
    const bool postgres = dialect() == store::Dialect::postgres;
    return {outside_.path() + "/restored", postgres ? second_->url() : std::string()};
  }

  void spoil(const std::string& sql) { fresh()->connect(store::Access::write)->execute(sql); }

  const std::string& outside() const { return outside_.path(); }
  std::string backup_folder() const { return outside_.path() + "/backup"; }

 private:
  store::testing::TemporaryFolder outside_;
  std::optional<store::testing::TestDatabase> second_;
  std::string attachment_;
};

TEST_P(KeepingTest, a_backup_restored_is_the_same_installation) {
  const auto taken = run_here({"backup", backup_folder()});
  ASSERT_EQ(taken.exit, Exit::done) << taken.err;
  const auto at = target();
  const auto restored = run_at(at, {"restore", backup_folder()});
  ASSERT_EQ(restored.exit, Exit::done) << restored.err;
  EXPECT_EQ(read(attachment_in(at.data)), "the minutes");
  EXPECT_EQ(run_at(at, {"account", "list"}).out, run_here({"account", "list"}).out);
  const auto verified = run_at(at, {"verify"});
  EXPECT_EQ(verified.exit, Exit::done) << verified.err;
  EXPECT_EQ(verified.out, run_here({"verify"}).out);
  EXPECT_EQ(run_at(at, {"account", "create", "m2", "--display", "Two", "--machine"}).exit,
            Exit::done);
}

TEST_P(KeepingTest, a_folder_with_something_in_it_is_left_alone) {
  write(outside() + "/mine", "mine");
  EXPECT_EQ(run_here({"backup", outside()}).exit, Exit::wrong_usage);
  ASSERT_EQ(run_here({"backup", backup_folder()}).exit, Exit::done);
  EXPECT_EQ(run_here({"backup", backup_folder()}).exit, Exit::wrong_usage);
  EXPECT_EQ(run_here({"restore", backup_folder()}).exit, Exit::wrong_usage);
  EXPECT_EQ(read(outside() + "/mine"), "mine");
}

TEST_P(KeepingTest, a_spoilt_backup_is_found_out_and_not_put_to_use) {
  ASSERT_EQ(run_here({"backup", backup_folder(), "--link"}).exit, Exit::done);
  const std::string kept = attachment_in(backup_folder());
  fs::remove(kept);
  write(kept, "other minutes");
  const auto at = target();
  const auto said = run_at(at, {"restore", backup_folder()});
  EXPECT_EQ(said.exit, Exit::damaged);
  EXPECT_TRUE(contains(said.out, "attachment f")) << said.out;
  EXPECT_FALSE(fs::exists(at.data));
  EXPECT_EQ(read(attachment_in(location().data)), "the minutes");
}

TEST_P(KeepingTest, a_database_that_is_not_the_one_of_the_manifest_is_found_out) {
  ASSERT_EQ(run_here({"backup", backup_folder()}).exit, Exit::done);
  const std::string path = backup_folder() + "/manifest.json";
  std::string manifest = read(path);
  const auto digit = manifest.find("\"root\":\"") + 8;
  manifest[digit] = manifest[digit] == '0' ? '1' : '0';
  write(path, manifest);
  const auto said = run_at(target(), {"restore", backup_folder()});
  EXPECT_EQ(said.exit, Exit::damaged);
  EXPECT_TRUE(contains(said.out, "tree_head ")) << said.out;
}

TEST_P(KeepingTest, a_folder_that_is_no_backup_is_a_fault) {
  EXPECT_EQ(run_at(target(), {"restore", outside() + "/nothing"}).exit, Exit::fault);
  fs::create_directories(backup_folder());
  write(backup_folder() + "/manifest.json", "{\"format\":99}");
  EXPECT_EQ(run_at(target(), {"restore", backup_folder()}).exit, Exit::fault);
}

TEST_P(KeepingTest, verify_names_what_is_damaged) {
  EXPECT_EQ(run_here({"verify"}).exit, Exit::done);
  spoil("update journal set leaf = replace(leaf, 'huilu-leaf', 'huilu-leav') where seq = 1");
  const auto said = run_here({"verify"});
  EXPECT_EQ(said.exit, Exit::damaged);
  EXPECT_TRUE(contains(said.out, "journal 1: ")) << said.out;
  const auto array = run_here({"verify", "--json"});
  EXPECT_EQ(array.exit, Exit::damaged);
  EXPECT_TRUE(contains(array.out, "\"table\":\"journal\"")) << array.out;
}

TEST_P(KeepingTest, verify_finds_an_attachment_that_is_gone) {
  fs::remove(attachment_in(location().data));
  const auto said = run_here({"verify"});
  EXPECT_EQ(said.exit, Exit::damaged);
  EXPECT_TRUE(contains(said.out, "attachment f")) << said.out;
}

INSTANTIATE_TEST_SUITE_P(On, KeepingTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

class OlderSchemaTest : public testing::OnBoth {
 protected:
  std::vector<store::Migration> migrations() const override {
    return {all_migrations().begin(), all_migrations().end() - 1};
  }
};

TEST_P(OlderSchemaTest, is_kept_before_it_is_brought_up_to_date) {
  EXPECT_EQ(run_here({"verify"}).exit, Exit::fault);
  EXPECT_EQ(run_here({"account", "create", "m1", "--display", "One", "--machine"}).exit,
            Exit::done);
  int backups = 0;
  for (const auto& entry : fs::directory_iterator(location().data + "/backups")) {
    ++backups;
    EXPECT_FALSE(fs::is_empty(entry.path()));
  }
  EXPECT_EQ(backups, 1);
  EXPECT_EQ(run_here({"verify"}).exit, Exit::done);
}

INSTANTIATE_TEST_SUITE_P(On, OlderSchemaTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace
}  // namespace huilu::cli
