// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import dev.steward.control.access.Actor;
import dev.steward.control.access.NewSecret;
import dev.steward.control.state.ApiToken;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Proves callers by API token or browser session, always against the State in force: what is
/// revoked stops working with the next request.
public final class Authenticator {
  private final Supplier<State> state;
  private final Sessions sessions;
  private final OneTimeLogins oneTime;
  private final WrongTokens wrongTokens;
  private final InstantSource clock;

  public Authenticator(
      Supplier<State> state,
      Sessions sessions,
      OneTimeLogins oneTime,
      WrongTokens wrongTokens,
      InstantSource clock) {
    this.state = state;
    this.sessions = sessions;
    this.oneTime = oneTime;
    this.wrongTokens = wrongTokens;
    this.clock = clock;
  }

  /// The caller, empty when nothing is shown; an expired session shows nothing.
  ///
  /// @throws ApiException UNAUTHENTICATED for a wrong token, FORBIDDEN for a browser's change
  ///   without its session's token, SLOW_DOWN after too many wrong tokens
  public Optional<Caller> authenticate(Credentials shown) {
    if (shown.bearer().isPresent()) {
      return Optional.of(caller(token(shown.bearer().get(), shown.address()), Optional.empty()));
    }
    return shown.cookie().flatMap(sessions::find).flatMap(s -> ofSession(s, shown));
  }

  /// Opens a browser session for the holder of a token.
  ///
  /// @return the secret for its cookie
  /// @throws ApiException UNAUTHENTICATED for a wrong token, SLOW_DOWN after too many wrong ones,
  ///   whatever the next one is
  public String logIn(String token, String address) {
    wrongTokens.check(address);
    ApiToken known = token(token, address);
    wrongTokens.right(address);
    return sessions.open(known.id());
  }

  /// Opens a browser session for the holder of a one-time link.
  ///
  /// @return the secret for its cookie
  public String logInOnce(String code) {
    return oneTime
        .take(code)
        .map(sessions::open)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.UNAUTHENTICATED,
                "This link was used already or is older than a quarter of an hour: log in with"
                    + " the token."));
  }

  /// A code by which the token's holder can log in once.
  public String oneTimeCode(String token) {
    return oneTime.issue(
        state
            .get()
            .apiToken(NewSecret.hashOf(token))
            .orElseThrow(() -> new IllegalArgumentException("no such token"))
            .id());
  }

  public void logOut(Caller caller) {
    caller.session().ifPresent(sessions::close);
  }

  private Optional<Caller> ofSession(Session session, Credentials shown) {
    Optional<ApiToken> token =
        state.get().apiTokens().stream()
            .filter(t -> t.id().equals(session.token()) && t.active(clock.instant()))
            .findAny();
    if (token.isEmpty()) {
      sessions.close(session);
      return Optional.empty();
    }
    if (shown.changes() && !shown.csrf().map(c -> same(c, session.csrf())).orElse(false)) {
      throw new ApiException(
          ErrorCode.FORBIDDEN,
          "The change did not come from a page of this console: reload the page and try again.");
    }
    return token.map(t -> caller(t, Optional.of(session)));
  }

  /// A right token is never held up by wrong ones from the same address: many agents and scripts
  /// share one. The wrong ones are.
  private ApiToken token(String value, String address) {
    Optional<ApiToken> token = active(value);
    if (token.isPresent()) {
      return token.get();
    }
    wrongTokens.check(address);
    wrongTokens.wrong(address);
    throw new ApiException(
        ErrorCode.UNAUTHENTICATED, "The token is wrong, expired or revoked: ask an admin for one.");
  }

  /// Looked up by hash: how long that takes says nothing of the value.
  private Optional<ApiToken> active(String value) {
    return state.get().apiToken(NewSecret.hashOf(value)).filter(t -> t.active(clock.instant()));
  }

  private Caller caller(ApiToken token, Optional<Session> session) {
    State now = state.get();
    Actor actor = Actor.token(token.id());
    String name =
        now.person(token.holder()).map(Person::displayName).orElse("token " + token.purpose());
    return new Caller(actor, name, now.authority(actor, clock.instant()), session);
  }

  private static boolean same(String shown, String wanted) {
    return MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }
}
