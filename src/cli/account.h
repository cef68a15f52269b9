// `huilu account …`: accounts, grants and tokens from the command line, as the program itself: the
// way in on a folder that has no account yet, and the way back in when nobody can sign in any more.
#pragma once

#include <string>

#include "cli/installation.h"

namespace huilu::cli {

struct GrantOptions {
  std::string role;
  std::string unit;  // "u12", CODE or SYSTEM:CODE; empty for roles over the whole installation
  std::string scope = "subtree";
  std::string from;   // empty: today
  std::string until;  // empty: open
  std::string reason;
};

struct AccountOptions {
  Location location;
  std::string name;
  std::string display;
  bool machine = false;  // a program: tokens instead of a password
  bool password_from_input = false;
  GrantOptions grant;  // of `create`: with a role, its first grant
  std::string token_name;
  std::string token_until;
};

Exit create_account(const AccountOptions& options, Console& console);
Exit list_accounts(const AccountOptions& options, Console& console);
Exit disable_account(const AccountOptions& options, Console& console);
Exit change_password(const AccountOptions& options, Console& console);
Exit grant_role(const AccountOptions& options, Console& console);
Exit issue_token(const AccountOptions& options, Console& console);

}  // namespace huilu::cli
