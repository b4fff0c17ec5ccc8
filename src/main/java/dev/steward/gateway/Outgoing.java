// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.wire.JsonBody;
import dev.steward.gateway.wire.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The body that a provider gets, and what of its answer the client must not see because only the
/// gateway asked for it.
record Outgoing(JsonBody body, Relay.Filter filter) {

  static Outgoing of(Call call, ModelChoice choice) {
    Map<String, String> changed = new LinkedHashMap<>();
    JsonBody body = call.asked().body();
    if (call.endpoint().model().isEmpty() && !call.asked().model().equals(choice.model())) {
      changed.put("model", JsonMapper.shared().writeValueAsString(choice.model()));
    }
    boolean usage =
        call.endpoint().operation() == Operation.CHAT
            && call.asked().streams()
            && !call.asked().wantsUsage();
    if (usage) {
      changed.put("stream_options", UsageChunk.options(body));
    }
    return new Outgoing(
        changed.isEmpty() ? body : body.with(changed),
        usage ? UsageChunk::without : Relay.Filter.NONE);
  }
}
