// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.query;

import dev.steward.domain.Digest;
import dev.steward.store.rows.Cells;
import dev.steward.store.rows.ContentRefs;
import dev.steward.store.rows.Ids;
import dev.steward.store.rows.Tables;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts content together again from the bodies and lists of the days it was stored on.
public final class ContentReader {
  private record Node(UUID id, @Nullable UUID previous, List<UUID> added) {}

  private final Tables database;
  private final Archive archive;
  private final Map<UUID, Node> nodes = new HashMap<>();
  private final Map<UUID, Message> bodies = new HashMap<>();
  private final Map<UUID, List<Message>> lists = new HashMap<>();

  public ContentReader(Tables database, Archive archive) {
    this.database = database;
    this.archive = archive;
  }

  /// Fetches everything that the references name, at most once each.
  ///
  /// @param kin lists that those named may continue; without them a long conversation would be
  ///   walked back message by message
  public void fetch(
      Set<LocalDate> days,
      Collection<ContentRefs> references,
      Collection<Digest> texts,
      Supplier<Collection<UUID>> kin) {
    Set<UUID> wantedLists = new HashSet<>();
    Set<UUID> wantedBodies = new HashSet<>();
    texts.forEach(hash -> wantedBodies.add(Ids.half(hash)));
    for (ContentRefs refs : references) {
      refs.lists().forEach(wantedLists::add);
      refs.bodies().forEach(wantedBodies::add);
    }
    Set<UUID> missing = new HashSet<>(wantedLists);
    for (int walk = 0; !missing.isEmpty(); walk++) {
      if (walk == 1) {
        missing.addAll(kin.get());
        missing.removeAll(nodes.keySet());
      }
      for (Node node : readNodes(days, missing)) {
        nodes.put(node.id(), node);
      }
      missing = continued(wantedLists);
    }
    for (UUID list : wantedLists) {
      Node node = nodes.get(list);
      if (node == null) {
        wantedBodies.add(list);
      } else {
        wantedBodies.addAll(node.added());
      }
    }
    readBodies(days, wantedBodies);
  }

  /// Adds the lists that wanted ones continue.
  ///
  /// @return those of them that are not read yet
  private Set<UUID> continued(Set<UUID> wanted) {
    Set<UUID> unread = new HashSet<>();
    Deque<UUID> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      Node node = nodes.get(open.pop());
      UUID previous = node == null ? null : node.previous();
      if (previous != null && wanted.add(previous)) {
        open.push(previous);
        if (!nodes.containsKey(previous)) {
          unread.add(previous);
        }
      }
    }
    return unread;
  }

  public Content content(ContentRefs refs) {
    return new Content(
        list(refs.input()),
        list(refs.output()),
        body(refs.instructions()),
        body(refs.tools()),
        body(refs.arguments()),
        body(refs.result()),
        body(refs.documents()));
  }

  /// A long text that was fetched.
  public String text(Digest hash) {
    Message body = bodies.get(Ids.half(hash));
    if (body == null) {
      throw new IllegalStateException("a text is missing: " + hash);
    }
    return body.json();
  }

  private @Nullable Message body(@Nullable UUID hash) {
    return hash == null ? null : bodies.get(hash);
  }

  private List<Message> list(@Nullable UUID id) {
    if (id == null) {
      return List.of();
    }
    Deque<Node> open = new ArrayDeque<>();
    UUID at = id;
    while (at != null && !lists.containsKey(at)) {
      Node node = nodes.get(at);
      open.push(node == null ? new Node(at, null, List.of(at)) : node);
      at = node == null ? null : node.previous();
    }
    List<Message> before = at == null ? List.of() : lists.getOrDefault(at, List.of());
    while (!open.isEmpty()) {
      Node node = open.pop();
      List<Message> whole = new ArrayList<>(before.size() + node.added().size());
      whole.addAll(before);
      for (UUID hash : node.added()) {
        Message message = bodies.get(hash);
        if (message != null) {
          whole.add(message);
        }
      }
      before = List.copyOf(whole);
      lists.put(node.id(), before);
    }
    return before;
  }

  private List<Node> readNodes(Set<LocalDate> days, Set<UUID> ids) {
    return database.read(
        archive.pick("lists", days, "id, previous, added", "id"),
        statement -> statement.setString(1, Ids.joined(ids)),
        row -> {
          Cells cells = new Cells(row);
          return new Node(cells.id(), cells.idOrNull(), cells.ids());
        });
  }

  private record Part(UUID hash, int number, String text) {}

  private void readBodies(Set<LocalDate> days, Set<UUID> hashes) {
    if (hashes.isEmpty()) {
      return;
    }
    Map<UUID, TreeMap<Integer, String>> taken = new HashMap<>();
    for (Part part : readParts(days, hashes)) {
      if (part.number() == 0) {
        bodies.computeIfAbsent(part.hash(), _ -> message(part.text()));
      }
      taken.computeIfAbsent(part.hash(), _ -> new TreeMap<>()).put(part.number(), part.text());
    }
    taken.forEach((hash, parts) -> {
      if (parts.size() > 1) {
        bodies.put(hash, message(String.join("", parts.values())));
      }
    });
  }

  private List<Part> readParts(Set<LocalDate> days, Set<UUID> hashes) {
    return database.read(
        archive.pick("contents", days, "hash, part, body", "hash"),
        statement -> statement.setString(1, Ids.joined(hashes)),
        row -> {
          Cells cells = new Cells(row);
          return new Part(cells.id(), cells.whole(), cells.text());
        });
  }

  private static Message message(String json) {
    return Message.of(json);
  }

  /// One body by its whole hash: hot days first, then archived days from the newest on.
  public Optional<byte[]> one(Digest hash) {
    Optional<byte[]> hot = one("contents", hash);
    if (hot.isPresent()) {
      return hot;
    }
    for (List<Archive.Entry> day : archive.byDay("contents")) {
      List<String> files = day.stream().map(entry -> archive.file(entry).toString()).toList();
      Optional<byte[]> cold = one("(" + Archive.select(files) + ")", hash);
      if (cold.isPresent()) {
        return cold;
      }
    }
    return Optional.empty();
  }

  private Optional<byte[]> one(String table, Digest hash) {
    return database
        .read(
            "select string_agg(body, '' order by part) as body from (select distinct on (part) *"
                + " from "
                + table
                + " where hash = ?) having count(*) > 0",
            statement -> statement.setObject(1, Ids.half(hash)),
            row -> message(row.getString("body")))
        .stream()
        .filter(message -> message.hash().equals(hash))
        .map(Message::bytes)
        .findFirst();
  }
}
