// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Json;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Entries of the ledgers for people, and proofs to take away.
public final class LedgerApi {
  private static final String GROUP = "Ledger";
  private static final int LIMIT_MAX = 500;
  private static final int LIMIT_USUAL = 50;

  /// How many entries a filtered page looks at before it says where to go on.
  private static final int LOOK_MAX = 5_000;

  private static final int BATCH = 256;

  private final Logs logs;

  public LedgerApi(Logs logs) {
    this.logs = logs;
  }

  /// How far a ledger is.
  ///
  /// @param size entries synced
  /// @param signedSize entries that the newest checkpoint covers
  /// @param root base64, of the newest checkpoint
  /// @param checkpoint the signed note
  /// @param keys public keys that checkpoints may be signed with, as lines of a C2SP tlog-policy
  public record Head(
      String log,
      String origin,
      long size,
      long signedSize,
      String root,
      String checkpoint,
      List<String> keys) {}

  /// One entry.
  ///
  /// @param leafHash RFC 6962, hex
  /// @param data as it lies in the log
  public record EntryItem(long index, String leafHash, JsonNode data) {}

  /// One page of entries.
  public record EntryList(List<EntryItem> items, @Nullable String next) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/ledger/{log}", Need.READ)
            .about(GROUP, "How far a ledger (control or activity) is, with its newest checkpoint.")
            .gives(Head.class)
            .by(this::head),
        Route.get("/api/v1/ledger/{log}/entries", Need.READ)
            .about(GROUP, "Entries, the newest first.")
            .query("order", "string", "desc (the usual) or asc.")
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .query("cursor", "string", "`next` of the page before.")
            .query(
                "actor", "string", "Only by the actor with this id; looks at 5,000 entries a page.")
            .query(
                "thing",
                "string",
                "Only about a thing whose kind, name or id has this in it, such as Agent/refunds;"
                    + " looks at 5,000 entries a page.")
            .gives(EntryList.class)
            .by(this::entries),
        Route.get("/api/v1/ledger/{log}/entries/{index}", Need.READ)
            .about(GROUP, "One entry as it lies in the log: the bytes that its leaf hash is over.")
            .gives("application/octet-stream")
            .by(this::entry),
        Route.get("/api/v1/ledger/{log}/proof/{index}", Need.READ)
            .about(
                GROUP,
                "A `.tlog-proof` file that proves offline that the entry is in the ledger; for a"
                    + " fresh entry it waits for the next checkpoint.")
            .gives("text/plain")
            .by(this::proof));
  }

  private Reply head(Exchange exchange) {
    String name = exchange.pathParameter("log");
    Ledger ledger = named(exchange);
    Checkpoint checkpoint = ledger.checkpoint();
    return Reply.json(
        new Head(
            name,
            ledger.origin(),
            ledger.size(),
            checkpoint.size(),
            java.util.Base64.getEncoder().encodeToString(checkpoint.root().bytes()),
            new String(checkpoint.encode(), StandardCharsets.UTF_8),
            ledger.keys().lines()));
  }

  private Reply entries(Exchange exchange) {
    Ledger ledger = named(exchange);
    int limit = (int) number(exchange, "limit", LIMIT_USUAL, LIMIT_MAX);
    boolean descending = !exchange.query("order").map("asc"::equals).orElse(false);
    EntryFilter filter = EntryFilter.of(exchange.query("actor"), exchange.query("thing"));
    long size = ledger.size();
    long at = Math.min(size, number(exchange, "cursor", descending ? size : 0, Long.MAX_VALUE));
    long last =
        filter.all() ? at : descending ? Math.max(0, at - LOOK_MAX) : Math.min(size, at + LOOK_MAX);
    List<EntryItem> items = new ArrayList<>();
    do {
      int wanted = filter.all() ? limit : Math.max(limit, BATCH);
      int count = (int) Math.min(wanted, descending ? at : size - at);
      long from = descending ? at - count : at;
      List<byte[]> read = ledger.read(from, count);
      for (int i = 0; i < count && items.size() < limit; i++) {
        int place = descending ? count - 1 - i : i;
        at = descending ? from + place : from + place + 1;
        if (filter.matches(read.get(place))) {
          items.add(item(from + place, read.get(place)));
        }
      }
    } while (items.size() < limit && (descending ? at > last : at < last));
    boolean more = descending ? at > 0 : at < size;
    return Reply.json(new EntryList(items, more ? Long.toString(at) : null));
  }

  private Reply entry(Exchange exchange) {
    Ledger ledger = named(exchange);
    return Reply.bytes("application/octet-stream", ledger.entry(index(exchange)));
  }

  private static EntryItem item(long index, byte[] data) {
    JsonNode json;
    try {
      json = Json.mapper().readTree(data);
    } catch (JacksonException e) {
      json = Json.mapper().getNodeFactory().binaryNode(data);
    }
    return new EntryItem(index, Digest.ofRaw(MerkleHash.leaf(data)).hex(), json);
  }

  private Reply proof(Exchange exchange) {
    Ledger ledger = named(exchange);
    long index = index(exchange);
    try {
      byte[] proof = ledger.tlogProof(index).encode();
      String file = exchange.pathParameter("log") + "-" + index + ".tlog-proof";
      return Reply.bytes("text/plain; charset=utf-8", proof)
          .with("Content-Disposition", "attachment; filename=\"" + file + "\"");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(ErrorCode.LEDGER_BUSY, "The server is stopping.", e);
    }
  }

  private static long index(Exchange exchange) {
    String written = exchange.pathParameter("index");
    if (!written.matches("\\d{1,18}")) {
      throw new ApiException(ErrorCode.MALFORMED, "An entry's index is a number, not " + written);
    }
    return Long.parseLong(written);
  }

  private Ledger named(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    return logs.named(exchange.pathParameter("log"));
  }

  private static long number(Exchange exchange, String name, long usual, long max) {
    String written = exchange.query(name).orElse(Long.toString(usual));
    if (!written.matches("\\d{1,18}") || Long.parseLong(written) > max) {
      throw new ApiException(
          ErrorCode.MALFORMED,
          "The parameter " + name + " is '" + written + "': it takes a number up to " + max + ".");
    }
    return Long.parseLong(written);
  }
}
