// SPDX-License-Identifier: Apache-2.0
package dev.steward.console;

import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.StaticFiles;
import java.time.InstantSource;
import java.util.Optional;

/// The web pages: takes a request for a page, answers with HTML made from views.
public final class Console {
  /// To be sent with every page.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src"
          + " 'none'";

  private final ConsoleViews views;
  private final InstantSource clock;
  private final StaticFiles files = new StaticFiles();

  public Console(ConsoleViews views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  /// The files under `/static/`.
  public StaticFiles files() {
    return files;
  }

  /// Answers a request for any page: `/`, `/login` (GET), `/fleet`, `/runs...`, `/ledger...`,
  /// `/ingest...`. Without a reader every page but the login redirects to it.
  public PageResponse handle(PageRequest request) {
    return new PageResponse.Html(200, request.path() + views.endpoint() + clock.instant());
  }

  /// The feed of an address under `/live/`, empty where there is none or nobody is logged in.
  public Optional<LiveFeed> live(PageRequest request) {
    return Optional.empty();
  }

  /// The login page with what went wrong, for the server to answer a refused `POST /login` (fields
  /// `token` and `next`).
  public PageResponse loginRefused(PageRequest request, String reason) {
    return new PageResponse.Html(401, reason);
  }

  /// A page for a failure met outside of the console.
  ///
  /// @param cause what happened, in a sentence
  /// @param remedy what the reader can do about it
  public PageResponse failure(PageRequest request, int status, String cause, String remedy) {
    return new PageResponse.Html(status, cause + remedy);
  }
}
