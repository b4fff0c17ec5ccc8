// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder that holds everything a server keeps, and where what lies in it.
public record DataFolder(Path root) {

  /// Where the ledgers lie.
  public Path ledgers() {
    return root.resolve("ledger");
  }

  public Path controlLedger() {
    return root.resolve("ledger/control.db");
  }

  public Path activityLedger() {
    return root.resolve("ledger/activity.db");
  }

  /// Where the ledgers' keys lie.
  public Path keys() {
    return root.resolve("keys");
  }

  /// The private signing key of a ledger; losing it means a new log.
  public Path signingKey(String log) {
    return keys().resolve(log + ".key");
  }

  /// The public keys a ledger's checkpoints may be signed with.
  public Path knownKeys(String log) {
    return keys().resolve(log + ".pub");
  }

  /// The sealed secrets.
  public Path secrets() {
    return root.resolve("secrets.json");
  }

  /// The key of the secrets, unless the configuration names another place.
  public Path secretsKey() {
    return keys().resolve("secrets.key");
  }

  public Path people() {
    return root.resolve("people.db");
  }

  /// Whose tasks agents have.
  public Path agentTasks() {
    return root.resolve("agent-tasks.jsonl");
  }

  /// On whose behalf agents act in which run; where it is deleted they act by themselves.
  public Path chains() {
    return root.resolve("chains.jsonl");
  }

  /// What people are told and were told.
  public Path outbox() {
    return root.resolve("outbox.db");
  }

  public Path snapshots() {
    return root.resolve("snapshots.db");
  }

  public Path journal() {
    return root.resolve("journal");
  }

  /// What the gateway knows of conversations; it may be deleted at any time.
  public Path conversations() {
    return root.resolve("conversations.jsonl");
  }

  /// Whose the tasks of tool servers are; where it is deleted they are nobody's.
  public Path taskOwners() {
    return root.resolve("mcp-tasks.jsonl");
  }

  /// Folders of the tool servers that Steward starts, one for each caller.
  public Path toolServers() {
    return root.resolve("toolservers");
  }

  /// Which runs the gateway has stopped because they went round.
  public Path stoppedRuns() {
    return root.resolve("loops-stopped.jsonl");
  }

  /// How many steps runs have made and what agents spend; it may be deleted at any time.
  public Path runSteps() {
    return root.resolve("loops-steps.jsonl");
  }

  /// Which version each conversation was given while one was tried. Without it they are assigned by
  /// the weight in force.
  public Path arms() {
    return root.resolve("arms.txt");
  }

  /// Which runs were begun for copies of live calls. Without it what is done late in such a run
  /// would take effect.
  public Path shadowRuns() {
    return root.resolve("shadow-runs.jsonl");
  }

  /// What agents' processes were seen to send that their versions do not declare, and since when.
  public Path undeclared() {
    return root.resolve("undeclared.jsonl");
  }

  /// Which models answered what agents ask for. Without it a silent change meanwhile is not found.
  public Path answering() {
    return root.resolve("answering-models.jsonl");
  }

  /// The last fingerprints of documents of data sources. Without it they are learnt anew.
  public Path documents() {
    return root.resolve("documents.jsonl");
  }

  /// What was read of runs' spans for signals. Without it the spans are read again.
  public Path runReadings() {
    return root.resolve("run-readings.jsonl");
  }

  /// Which conversations and runs called while no version was tried. Without it a canary that
  /// begins may take one that is under way.
  public Path callers() {
    return root.resolve("callers.txt");
  }

  /// Where what calls spend between two leases is written.
  public Path budgets() {
    return root.resolve("budgets");
  }

  public Path spans() {
    return root.resolve("spans");
  }

  public Path adminToken() {
    return root.resolve("admin-token");
  }

  /// Takes the right to be the only server on the folder, creating the folder where it is missing.
  /// The system gives it back when the process ends, however it ends.
  ///
  /// @throws StartRefused when the folder cannot be written or another server has it
  public FileChannel lock() {
    if (Files.isRegularFile(root)) {
      throw new StartRefused(root + " is a file; name a folder with --data, which may be missing");
    }
    try {
      createForOwner(root.toAbsolutePath());
      Files.createDirectories(root.resolve("ledger"));
      Files.createDirectories(keys());
      FileChannel channel =
          FileChannel.open(
              root.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (taken(channel)) {
        return channel;
      }
      channel.close();
    } catch (IOException e) {
      throw new StartRefused(
          "the data folder "
              + root
              + " cannot be written: "
              + e
              + "; check its owner and rights, or name another with --data",
          e);
    }
    throw new StartRefused(
        "the data folder "
            + root
            + " is in use by another server; stop that one, or name another folder with --data");
  }

  /// What agents and people say lies here as they said it: a new folder is its owner's alone. One
  /// that is there keeps the rights that it was given.
  private static void createForOwner(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(folder);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
