// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.tile.TilePath;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.List;

/// The ledgers as C2SP tlog-tiles has them, so that any public tool can read and check them.
public final class TileRoutes {
  private static final String FOR_EVER = "public, max-age=604800, immutable";

  private final Logs logs;
  private final boolean publicEntries;

  /// @param publicEntries whether entry bundles are open to everybody
  public TileRoutes(Logs logs, boolean publicEntries) {
    this.logs = logs;
    this.publicEntries = publicEntries;
  }

  public List<Route> routes() {
    return List.of(
        Route.plain("GET", "/log/{log}/checkpoint", Need.NOTHING, this::checkpoint),
        Route.plain("GET", "/log/{log}/{tile...}", Need.IF_KNOWN, this::tile));
  }

  private Reply checkpoint(Exchange exchange) {
    Ledger ledger = logs.named(exchange.pathParameter("log"));
    return Reply.bytes("text/plain; charset=utf-8", ledger.checkpoint().encode())
        .with("Cache-Control", "no-cache");
  }

  private Reply tile(Exchange exchange) {
    Ledger ledger = logs.named(exchange.pathParameter("log"));
    TilePath tile =
        TilePath.parse(exchange.pathParameter("tile"))
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.NOT_FOUND,
                    "A tile's path is tile/LEVEL/INDEX[.p/WIDTH] or tile/entries/INDEX[.p/WIDTH]"
                        + " as in C2SP tlog-tiles."));
    boolean entries = tile.level() == TilePath.ENTRIES;
    if (entries && !publicEntries) {
      exchange.caller().require(Permission.READ, Target.SERVER);
    }
    byte[] bytes =
        entries
            ? ledger.entryBundle(tile.index(), tile.width())
            : ledger.tile(tile.level(), tile.index(), tile.width());
    return Reply.bytes("application/octet-stream", bytes)
        .with("Cache-Control", entries && !publicEntries ? "no-store" : FOR_EVER);
  }
}
