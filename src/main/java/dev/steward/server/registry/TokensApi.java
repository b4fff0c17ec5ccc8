// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import dev.steward.control.Control;
import dev.steward.control.access.NewSecret;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.state.ApiToken;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ActorItem;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Tokens of people and programs for the API and the console.
public final class TokensApi {
  private static final String GROUP = "Keys and tokens";

  private final Control control;
  private final RandomGenerator random;

  public TokensApi(Control control, RandomGenerator random) {
    this.control = control;
    this.random = random;
  }

  /// A role and where it holds; an empty or missing scope is everywhere.
  ///
  /// @param content whether it includes reading what was said; missing, as the role usually has it
  public record GrantItem(
      String role,
      @Nullable Boolean content,
      @Nullable Set<String> teams,
      @Nullable Set<String> agents,
      @Nullable Set<String> environments) {
    private static GrantItem of(Grant grant) {
      return new GrantItem(
          grant.role().name().toLowerCase(Locale.ROOT),
          grant.content(),
          grant.teams(),
          grant.agents(),
          grant.environments());
    }

    private Grant grant() {
      Role wanted = role(role);
      boolean reads = content == null ? Grant.of(wanted).content() : content;
      return new Grant(wanted, reads, given(teams), given(agents), given(environments));
    }

    private static Set<String> given(@Nullable Set<String> scope) {
      return scope == null ? Set.of() : scope;
    }

    private static Role role(@Nullable String word) {
      return Arrays.stream(Role.values())
          .filter(r -> r.name().equalsIgnoreCase(word))
          .findFirst()
          .orElseThrow(() ->
              new ApiException(
                  ErrorCode.INVALID,
                  "There is no role '"
                      + word
                      + "': it is viewer, developer, operator, approver or admin."));
    }
  }

  /// A token that is wanted.
  ///
  /// @param person whose it is, null for a program's
  /// @param expiresAt null for one that lives until it is revoked
  public record TokenRequest(
      @Nullable String person,
      String purpose,
      List<GrantItem> grants,
      @Nullable Instant expiresAt) {}

  /// A fresh token; its value is shown this once.
  public record IssuedToken(String id, String token) {}

  /// A token in the list, without its value.
  public record TokenItem(
      String id,
      String holder,
      String purpose,
      List<GrantItem> grants,
      Instant issuedAt,
      ActorItem issuedBy,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {
    private static TokenItem of(ApiToken token) {
      return new TokenItem(
          token.id(),
          token.holder(),
          token.purpose(),
          token.grants().stream().map(GrantItem::of).toList(),
          token.issuedAt(),
          ActorItem.of(token.issuedBy()),
          token.expiresAt(),
          token.revokedAt());
    }
  }

  /// The newest first.
  public record TokenList(List<TokenItem> items) {}

  /// The caller, as the server knows them.
  ///
  /// @param permissions those that they have for at least one thing
  public record Myself(
      ActorItem actor, String name, List<GrantItem> grants, List<String> permissions) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/me", Need.READ)
            .about(GROUP, "Who asks, and what they may do.")
            .gives(Myself.class)
            .by(this::me),
        Route.get("/api/v1/tokens", Need.of(Permission.MANAGE_TOKENS))
            .about(GROUP, "API tokens, the newest first, without their values.")
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .gives(TokenList.class)
            .by(this::list),
        Route.post("/api/v1/tokens", Need.of(Permission.MANAGE_TOKENS))
            .about(GROUP, "Issues a token with roles; it is shown this once.")
            .takes(TokenRequest.class)
            .gives(IssuedToken.class)
            .status(201)
            .by(this::issue),
        Route.delete("/api/v1/tokens/{id}", Need.of(Permission.MANAGE_TOKENS))
            .about(GROUP, "Revokes a token and ends the browser sessions opened with it.")
            .query("reason", "string", "Why, for the ledger.")
            .status(204)
            .by(this::revoke));
  }

  private Reply me(Exchange exchange) {
    Caller caller = exchange.caller();
    return Reply.json(
        new Myself(
            ActorItem.of(caller.actor()),
            caller.name(),
            caller.authority().grants().stream().map(GrantItem::of).toList(),
            Arrays.stream(Permission.values())
                .filter(p -> caller.authority().mayAnywhere(p))
                .map(p -> p.name().toLowerCase(Locale.ROOT))
                .toList()));
  }

  private Reply list(Exchange exchange) {
    exchange.caller().require(Permission.MANAGE_TOKENS, Target.SERVER);
    return Reply.json(
        new TokenList(
            control.state().apiTokens().stream()
                .sorted(Comparator.comparing(ApiToken::issuedAt).reversed())
                .limit(new Asked(exchange).limit())
                .map(TokenItem::of)
                .toList()));
  }

  private Reply issue(Exchange exchange) {
    TokenRequest wanted = exchange.json(TokenRequest.class);
    if (wanted.purpose() == null || wanted.grants() == null) {
      throw new ApiException(ErrorCode.INVALID, "A token has a `purpose` and `grants`: name both.");
    }
    NewSecret secret = NewSecret.token(random);
    control.submit(
        new Command.IssueToken(
            secret.id(),
            secret.hash(),
            wanted.person() == null ? "" : wanted.person(),
            wanted.purpose(),
            wanted.grants().stream().map(GrantItem::grant).toList(),
            Optional.ofNullable(wanted.expiresAt())),
        exchange.caller().actor());
    return Reply.json(201, new IssuedToken(secret.id(), secret.value()));
  }

  private Reply revoke(Exchange exchange) {
    control.submit(
        new Command.RevokeToken(
            exchange.pathParameter("id"), new Asked(exchange).text("reason").orElse("")),
        exchange.caller().actor());
    return Reply.nothing();
  }
}
