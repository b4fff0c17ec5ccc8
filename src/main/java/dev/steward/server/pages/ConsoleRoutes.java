// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import dev.steward.console.Console;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.StaticFiles.StaticFile;
import dev.steward.control.access.Permission;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Problem;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The console's pages, files and live feeds.
public final class ConsoleRoutes {
  private final Supplier<Console> console;

  public ConsoleRoutes(Supplier<Console> console) {
    this.console = console;
  }

  public List<Route> routes() {
    return List.of(
        Route.plain("GET", "/static/{file...}", Need.NOTHING, this::file),
        Route.plain("GET", "/live/{feed...}", Need.IF_KNOWN, this::live),
        Route.plain("GET", "/login", Need.IF_KNOWN, this::page),
        Route.plain("GET", "/{page...}", Need.IF_KNOWN, this::page),
        Route.plain("POST", "/{page...}", Need.IF_KNOWN, this::page));
  }

  /// An error met outside of the console, as a page.
  public Reply.Whole failure(Exchange exchange, Problem problem) {
    return PageReplies.whole(
        console
            .get()
            .failure(
                PageRequests.withoutForm(exchange),
                problem.status(),
                problem.detail(),
                problem.remedy()));
  }

  /// The page of an address, or what a form on it comes to.
  public Reply page(Exchange exchange) {
    requireSight(exchange);
    return PageReplies.whole(console.get().handle(PageRequests.of(exchange)));
  }

  private Reply file(Exchange exchange) {
    StaticFile file =
        console
            .get()
            .files()
            .find(exchange.path())
            .orElseThrow(() -> missing(exchange, "There is no file at "));
    String cache = file.immutable() ? "public, max-age=31536000, immutable" : "no-cache";
    Map<String, String> headers = Map.of("ETag", file.etag(), "Cache-Control", cache);
    if (exchange.header("If-None-Match").map(file.etag()::equals).orElse(false)) {
      return new Reply.Whole(304, "", new byte[0], headers);
    }
    return new Reply.Whole(200, file.contentType(), file.bytes(), headers);
  }

  private Reply live(Exchange exchange) {
    requireSight(exchange);
    Optional<LiveFeed> feed = console.get().live(PageRequests.of(exchange));
    return EventStream.of(feed.orElseThrow(() -> missing(exchange, "There is no feed at ")));
  }

  /// Each page shows what its reader may see; whoever may see nothing at all has none.
  private static void requireSight(Exchange exchange) {
    exchange.knownCaller().ifPresent(c -> c.requireAnywhere(Permission.READ));
  }

  private static ApiException missing(Exchange exchange, String what) {
    return new ApiException(ErrorCode.NOT_FOUND, what + exchange.path() + ".");
  }
}
