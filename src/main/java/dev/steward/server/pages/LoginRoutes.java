// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import dev.steward.console.Console;
import dev.steward.domain.ApiException;
import dev.steward.server.access.Authenticator;
import dev.steward.server.access.Need;
import dev.steward.server.gate.SameSite;
import dev.steward.server.gate.SessionGate;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Login by token, and logout.
public final class LoginRoutes {
  private final Authenticator authenticator;
  private final Supplier<Console> console;
  private final Duration lifetime;

  /// @param lifetime of a session's cookie
  public LoginRoutes(Authenticator authenticator, Supplier<Console> console, Duration lifetime) {
    this.authenticator = authenticator;
    this.console = console;
    this.lifetime = lifetime;
  }

  public List<Route> routes() {
    return List.of(
        Route.plain("POST", "/login", Need.NOTHING, this::logIn),
        Route.plain("GET", "/login/once/{code}", Need.NOTHING, this::logInOnce),
        Route.plain("POST", "/logout", Need.IF_KNOWN, this::logOut));
  }

  private Reply logIn(Exchange exchange) {
    SameSite.require(exchange);
    String token = exchange.form().getOrDefault("token", "").strip();
    String next = next(exchange.form().getOrDefault("next", "/"));
    return logIn(exchange, next, () -> authenticator.logIn(token, exchange.remoteAddress()));
  }

  private Reply logInOnce(Exchange exchange) {
    String code = exchange.pathParameter("code");
    return logIn(exchange, "/", () -> authenticator.logInOnce(code));
  }

  private Reply logIn(Exchange exchange, String next, Supplier<String> session) {
    try {
      String secret = session.get();
      return Reply.seeOther(next).with("Set-Cookie", cookie(secret, lifetime, exchange.secure()));
    } catch (ApiException e) {
      Reply.Whole page =
          PageReplies.whole(
              console
                  .get()
                  .loginRefused(PageRequests.of(exchange), String.valueOf(e.getMessage())));
      return new Reply.Whole(
          e.code().httpStatus(), page.contentType(), page.bytes(), page.headers());
    }
  }

  private Reply logOut(Exchange exchange) {
    exchange.knownCaller().ifPresent(authenticator::logOut);
    return Reply.seeOther("/login")
        .with("Set-Cookie", cookie("", Duration.ZERO, exchange.secure()));
  }

  /// Only ever a place on this server.
  private static String next(String wanted) {
    boolean ours =
        wanted.startsWith("/")
            && !wanted.startsWith("//")
            && wanted.chars().allMatch(c -> c > ' ' && c != '\\' && c < 127);
    return ours ? wanted : "/";
  }

  private static String cookie(String secret, Duration lifetime, boolean secure) {
    return SessionGate.COOKIE
        + "="
        + secret
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + lifetime.toSeconds()
        + (secure ? "; Secure" : "");
  }
}
