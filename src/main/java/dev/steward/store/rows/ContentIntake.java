// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import dev.steward.domain.Digest;
import dev.steward.domain.LastUsed;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Stores each body once per day, and of each list of messages only what it adds to a list that is
/// there already. It remembers a bounded number of what it stored; forgetting costs a second copy,
/// nothing else. Used by the one writer.
public final class ContentIntake {
  private static final int KNOWN_MAX = 100_000;

  private record Key(LocalDate day, UUID id) {}

  private record Body(LocalDate day, UUID hash, String json) {}

  private record Node(LocalDate day, UUID id, @Nullable UUID previous, List<UUID> added) {}

  private final Map<Key, Boolean> known = new LastUsed<>(KNOWN_MAX);
  private final Map<Key, Body> bodies = new LinkedHashMap<>();
  private final Map<Key, Node> nodes = new LinkedHashMap<>();
  private final MessageDigest sha256 = Digest.sha256();

  /// Notes what is to be stored for the content.
  public ContentRefs take(LocalDate day, Content content) {
    content.blobs().forEach(blob -> body(day, blob));
    return new ContentRefs(
        list(day, content.input()),
        list(day, content.output()),
        body(day, content.instructions()),
        body(day, content.tools()),
        body(day, content.arguments()),
        body(day, content.result()),
        body(day, content.documents()));
  }

  /// The text as it may stand in a column: itself, or the name of where it is stored.
  public String text(LocalDate day, String text) {
    if (!LongText.isLong(text)) {
      return text;
    }
    Message body = Message.of(text);
    body(day, body);
    return LongText.mark(body.hash());
  }

  /// Notes one text that is shared by many rows.
  ///
  /// @return whether it was not known yet
  public boolean isNew(LocalDate day, UUID id) {
    return known.put(new Key(day, id), true) == null;
  }

  private @Nullable UUID body(LocalDate day, @Nullable Message message) {
    if (message == null) {
      return null;
    }
    UUID hash = Ids.half(message.hash());
    Key key = new Key(day, hash);
    if (known.get(key) == null) {
      bodies.putIfAbsent(key, new Body(day, hash, message.json()));
    }
    return hash;
  }

  private @Nullable UUID list(LocalDate day, List<Message> messages) {
    if (messages.isEmpty()) {
      return null;
    }
    List<UUID> hashes = new ArrayList<>(messages.size());
    for (Message message : messages) {
      hashes.add(java.util.Objects.requireNonNull(body(day, message)));
    }
    List<UUID> prefixes = prefixes(hashes);
    UUID id = prefixes.getLast();
    if (hashes.size() > 1 && !stored(new Key(day, id))) {
      int from = hashes.size() - 1;
      while (from > 1 && !stored(new Key(day, prefixes.get(from - 1)))) {
        from--;
      }
      boolean whole = from <= 1;
      nodes.put(
          new Key(day, id),
          new Node(
              day,
              id,
              whole ? null : prefixes.get(from - 1),
              whole ? hashes : List.copyOf(hashes.subList(from, hashes.size()))));
    }
    return id;
  }

  private boolean stored(Key key) {
    return nodes.containsKey(key) || known.get(key) != null;
  }

  /// Ids of the lists made of the first, the first two, ... messages.
  private List<UUID> prefixes(List<UUID> hashes) {
    List<UUID> prefixes = new ArrayList<>(hashes.size());
    UUID before = hashes.getFirst();
    prefixes.add(before);
    ByteBuffer bytes = ByteBuffer.allocate(32);
    for (UUID hash : hashes.subList(1, hashes.size())) {
      bytes.clear();
      bytes.putLong(before.getMostSignificantBits()).putLong(before.getLeastSignificantBits());
      bytes.putLong(hash.getMostSignificantBits()).putLong(hash.getLeastSignificantBits());
      ByteBuffer digest = ByteBuffer.wrap(sha256.digest(bytes.array()));
      before = new UUID(digest.getLong(), digest.getLong());
      prefixes.add(before);
    }
    return prefixes;
  }

  /// Writes what was noted; it counts as stored once `committed` is called.
  public void flush(DuckDBConnection connection) throws SQLException {
    try (Row row = new Row(connection, "contents")) {
      for (Body body : bodies.values()) {
        int part = 0;
        for (String text : LongText.parts(body.json())) {
          row.begin().day(body.day()).id(body.hash()).whole(part++).text(text).end();
        }
      }
    }
    try (Row row = new Row(connection, "lists")) {
      for (Node node : nodes.values()) {
        row.begin().day(node.day()).id(node.id()).id(node.previous()).ids(node.added()).end();
      }
    }
  }

  public void committed() {
    bodies.keySet().forEach(key -> known.put(key, true));
    nodes.keySet().forEach(key -> known.put(key, true));
    rolledBack();
  }

  public void rolledBack() {
    bodies.clear();
    nodes.clear();
  }

  /// Forgets all: days were deleted, or a transaction failed.
  public void forget() {
    known.clear();
    rolledBack();
  }
}
