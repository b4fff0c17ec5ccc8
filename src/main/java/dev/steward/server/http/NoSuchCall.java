// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import java.util.List;

/// The rest of the API's paths: a program that asks for what is not there gets the problem that it
/// can read, never a page.
public final class NoSuchCall {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private NoSuchCall() {}

  public static List<Route> routes() {
    return METHODS.stream()
        .map(method -> Route.plain(method, "/api/{call...}", Need.READ, NoSuchCall::none))
        .toList();
  }

  private static Reply none(Exchange exchange) {
    throw new ApiException(
        ErrorCode.NOT_FOUND,
        "The API has nothing at "
            + exchange.path()
            + ": GET /api/v1/openapi.json says what there is.");
  }
}
