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
  public record Head(
      String log, String origin, long size, long signedSize, String root, String checkpoint) {}

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
            .gives(EntryList.class)
            .by(this::entries),
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
            new String(checkpoint.encode(), StandardCharsets.UTF_8)));
  }

  private Reply entries(Exchange exchange) {
    Ledger ledger = named(exchange);
    int limit = (int) number(exchange, "limit", LIMIT_USUAL, LIMIT_MAX);
    boolean descending = !exchange.query("order").map("asc"::equals).orElse(false);
    long size = ledger.size();
    long cursor = number(exchange, "cursor", descending ? size : 0, Long.MAX_VALUE);
    long end = descending ? Math.min(cursor, size) : Math.min(size, cursor + limit);
    long from = descending ? Math.max(0, end - limit) : Math.min(cursor, size);
    List<EntryItem> items = new ArrayList<>();
    List<byte[]> read = ledger.read(from, (int) (end - from));
    for (int i = 0; i < read.size(); i++) {
      items.add(item(from + i, read.get(i)));
    }
    boolean more = descending ? from > 0 : end < size;
    String next = more ? Long.toString(descending ? from : end) : null;
    return Reply.json(new EntryList(descending ? items.reversed() : items, next));
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
    String written = exchange.pathParameter("index");
    if (!written.matches("\\d{1,18}")) {
      throw new ApiException(ErrorCode.MALFORMED, "An entry's index is a number, not " + written);
    }
    try {
      byte[] proof = ledger.tlogProof(Long.parseLong(written)).encode();
      String file = exchange.pathParameter("log") + "-" + written + ".tlog-proof";
      return Reply.bytes("text/plain; charset=utf-8", proof)
          .with("Content-Disposition", "attachment; filename=\"" + file + "\"");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(ErrorCode.LEDGER_BUSY, "The server is stopping.", e);
    }
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
