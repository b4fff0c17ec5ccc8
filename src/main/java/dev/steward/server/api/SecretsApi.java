// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.secret.Secret;
import dev.steward.control.secret.SecretDesk;
import dev.steward.control.secret.SecretEntry;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// The names of the secrets. A value goes in and never comes out.
///
/// The value is the whole body and no field of it: what is wrong with a body is said in its own
/// words, and these must not be told.
public final class SecretsApi {
  private static final String GROUP = "Secrets";
  private static final long BODY_BYTES_MAX = 64 * 1024;

  private final SecretDesk secrets;

  public SecretsApi(SecretDesk secrets) {
    this.secrets = secrets;
  }

  /// A secret without its value.
  ///
  /// @param rotatedAt when its value was set last
  /// @param origin person or environment
  public record SecretItem(String name, Instant rotatedAt, String origin) {
    private static SecretItem of(SecretEntry entry) {
      return new SecretItem(entry.name(), entry.rotatedAt(), entry.origin().word());
    }
  }

  /// By name.
  public record SecretList(List<SecretItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/secrets", Need.of(Permission.OPERATE))
            .about(GROUP, "Names of the secrets, and when each was set last; never a value.")
            .gives(SecretList.class)
            .by(this::list),
        Route.put("/api/v1/secrets/{name}", Need.of(Permission.OPERATE))
            .about(GROUP, "Sets a secret, or its next value; the next call presents it.")
            .takes("text/plain")
            .gives(SecretItem.class)
            .by(this::set),
        Route.delete("/api/v1/secrets/{name}", Need.of(Permission.OPERATE))
            .about(GROUP, "Deletes a secret; calls that need it fail from then on.")
            .status(204)
            .by(this::delete));
  }

  private Reply list(Exchange exchange) {
    exchange.caller().require(Permission.OPERATE, Target.SERVER);
    return Reply.json(new SecretList(secrets.list().stream().map(e -> SecretItem.of(e)).toList()));
  }

  private Reply set(Exchange exchange) {
    exchange.caller().require(Permission.OPERATE, Target.SERVER);
    Secret value = Secret.of(new String(exchange.body(BODY_BYTES_MAX), StandardCharsets.UTF_8));
    return Reply.json(
        SecretItem.of(
            secrets.set(exchange.pathParameter("name"), value, exchange.caller().actor())));
  }

  private Reply delete(Exchange exchange) {
    secrets.delete(exchange.pathParameter("name"), exchange.caller().actor());
    return Reply.nothing();
  }
}
