// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A dialect in which models are asked.
interface Form {
  String path();

  ObjectNode request(Asking asking);

  /// Reads a whole answer.
  Said whole(JsonNode answer);

  /// Reads a streamed answer.
  Hearing hearing();

  /// A streamed answer as it comes.
  interface Hearing {
    /// @throws RefusedException when it ends in an error
    void event(JsonNode data);

    Said said();
  }

  /// A provider's or the gateway's own words in an error.
  static String error(JsonNode body) {
    return body.path("error").path("message").asString("");
  }
}
