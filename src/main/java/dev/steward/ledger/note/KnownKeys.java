// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The public keys that a log's checkpoints may be signed with: those the log has had, and its
/// witnesses'. As text it is a C2SP tlog-policy without groups.
public record KnownKeys(List<VerifierKey> log, List<VerifierKey> witnesses) {
  public KnownKeys {
    log = List.copyOf(log);
    witnesses = List.copyOf(witnesses);
    if (log.isEmpty() || !log.stream().allMatch(key -> key.type() == VerifierKey.Type.NOTE)) {
      throw new IllegalArgumentException("a log has at least one key, all of type Ed25519");
    }
    if (!witnesses.stream().allMatch(key -> key.type() == VerifierKey.Type.COSIGNATURE)) {
      throw new IllegalArgumentException("a witness key is one of a cosignature");
    }
  }

  public static KnownKeys of(SigningKey key) {
    return new KnownKeys(List.of(key.verifierKey()), List.of());
  }

  /// Reads the file, or creates it with the key alone where there is none.
  ///
  /// @throws IOException when the file cannot be read, or does not list the key
  public static KnownKeys open(Path file, SigningKey key) throws IOException {
    if (!Files.exists(file)) {
      of(key).write(file);
    }
    KnownKeys known = read(file);
    if (!known.log.contains(key.verifierKey())) {
      throw new IOException(
          "the signing key of "
              + key.name()
              + " is not among the known keys in "
              + file
              + ": restore the key file from a backup");
    }
    return known;
  }

  public static KnownKeys read(Path file) throws IOException {
    return parse(Files.readAllLines(file, StandardCharsets.UTF_8), file.toString());
  }

  /// @param lines of a C2SP tlog-policy
  /// @param file that they are from, for what is told of a wrong one
  /// @throws IOException when they are none
  public static KnownKeys parse(List<String> lines, String file) throws IOException {
    List<VerifierKey> log = new ArrayList<>();
    List<VerifierKey> witnesses = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+");
      try {
        switch (words[0]) {
          case "log" -> log.add(VerifierKey.parse(word(words, 1)));
          case "witness" -> witnesses.add(VerifierKey.parse(word(words, 2)));
          case "", "#", "quorum" -> {}
          default -> throw new NoteException("not a line of keys: " + line);
        }
      } catch (NoteException e) {
        throw new IOException("the known keys in " + file + ": " + e.getMessage(), e);
      }
    }
    if (log.isEmpty()) {
      throw new IOException("the known keys in " + file + " name no log");
    }
    return new KnownKeys(log, witnesses);
  }

  public void write(Path file) throws IOException {
    String text = String.join("\n", lines()) + "\nquorum none\n";
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /// Each key as a line of a C2SP tlog-policy.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    log.forEach(key -> lines.add("log " + key.vkey()));
    witnesses.forEach(key -> lines.add("witness " + key.name() + " " + key.vkey()));
    return lines;
  }

  /// These keys and the witnesses given; those that are known already are not repeated.
  public KnownKeys withWitnesses(List<VerifierKey> more) {
    List<VerifierKey> all = new ArrayList<>(witnesses);
    more.stream().filter(key -> !all.contains(key)).forEach(all::add);
    return new KnownKeys(log, all);
  }

  private static String word(String[] words, int index) throws NoteException {
    if (words.length <= index) {
      throw new NoteException("a line of keys without a vkey");
    }
    return words[index];
  }
}
