// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import dev.steward.control.manifest.Manifests;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Resource;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.trace.price.PriceRow;
import dev.steward.trace.price.StarterPrices;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The rows that costs were made of, by the digest that is stored with each cost.
public final class PricesApi {
  private static final String PRICE = Price.class.getSimpleName();

  private final Supplier<State> state;

  public PricesApi(Supplier<State> state) {
    this.state = state;
  }

  /// One row of the price book.
  ///
  /// @param table starter for what the server knows by itself, else declared
  /// @param inForce whether it is in the book today; a cost of the past may name one that is not
  /// @param declaredAt null for a starter row
  /// @param price the row as a manifest
  public record PriceRowItem(
      String digest, String table, boolean inForce, @Nullable Instant declaredAt, JsonNode price) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/prices/{digest}", Need.READ)
            .about(
                "Cost",
                "The price row that a cost was made of, also one that was replaced or deleted"
                    + " since.")
            .gives(PriceRowItem.class)
            .by(this::row));
  }

  private Reply row(Exchange exchange) {
    String digest = exchange.pathParameter("digest");
    if (!digest.matches("[0-9a-f]{64}")) {
      throw Asked.malformed("digest", digest, "64 lower-case hex characters");
    }
    State now = state.get();
    return Reply.json(
        declared(now, digest)
            .or(() -> starter(digest))
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.NOT_FOUND, "No price row has the digest " + digest + ".")));
  }

  /// What is in force is looked through first; the past is read from the ledger.
  private static Optional<PriceRowItem> declared(State state, String digest) {
    Collection<String> names = state.everDeclared(PRICE);
    for (Price price : state.all(Price.class)) {
      if (PriceRow.of(price).digest().equals(digest)) {
        List<Revision> history = state.history(PRICE, price.name());
        return Optional.of(item(digest, price, true, history.getLast().at()));
      }
    }
    for (String name : names) {
      for (Revision revision : state.history(PRICE, name).reversed()) {
        if (!revision.deleted()) {
          Resource old = state.read(PRICE, name, revision);
          if (old instanceof Price price && PriceRow.of(price).digest().equals(digest)) {
            return Optional.of(item(digest, price, false, revision.at()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<PriceRowItem> starter(String digest) {
    for (Price price : StarterPrices.all()) {
      if (PriceRow.of(price).digest().equals(digest)) {
        return Optional.of(new PriceRowItem(digest, "starter", true, null, Manifests.show(price)));
      }
    }
    return Optional.empty();
  }

  private static PriceRowItem item(String digest, Price price, boolean inForce, Instant at) {
    return new PriceRowItem(digest, "declared", inForce, at, Manifests.show(price));
  }
}
