// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.pricetable;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Price;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Public price tables as Price resources.
public final class PriceTables {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private PriceTables() {}

  /// What a file holds.
  ///
  /// @param form which of the public forms it has: `genai-prices` or `litellm`
  /// @param skipped rows that say no price we can use, each with its reason
  public record Table(String form, List<Price> prices, List<Skipped> skipped) {
    public Table {
      prices = List.copyOf(prices);
      skipped = List.copyOf(skipped);
    }
  }

  /// A row that gave no Price.
  public record Skipped(String model, String reason) {}

  /// Reads a table of either public form.
  ///
  /// @param file its name, for the message of an error
  /// @throws ApiException INVALID when the file is broken or of another form; nothing is taken then
  public static Table read(String file, byte[] bytes) {
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw invalid(
          file,
          "line "
              + (at == null ? 0 : at.getLineNr())
              + ", column "
              + (at == null ? 0 : at.getColumnNr()),
          "this is no JSON: it breaks off or is misspelt there");
    }
    try {
      return convert(file, root);
    } catch (JacksonException e) {
      throw invalid(file, "a row", "a value is of another kind than in tables of its form");
    }
  }

  private static Table convert(String file, JsonNode root) {
    if (root.isArray() && root.path(0).has("models")) {
      return new GenaiPrices(file).convert(root);
    }
    if (root.isObject()
        && root.properties().stream().anyMatch(row -> row.getValue().has("litellm_provider"))) {
      return new LiteLlmPrices(file).convert(root);
    }
    throw invalid(file, "the top", "neither form of price table is recognised");
  }

  static ApiException invalid(String file, String place, String cause) {
    return new ApiException(
        ErrorCode.INVALID,
        file
            + ", "
            + place
            + ": "
            + cause
            + ". Give data.json of genai-prices or model_prices_and_context_window.json of"
            + " LiteLLM, or declare your own prices with `steward apply`.");
  }
}
