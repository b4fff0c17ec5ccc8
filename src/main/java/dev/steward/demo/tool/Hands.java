// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.tool;

import dev.steward.demo.talk.RefusedException;

/// What an agent reaches tools with: the gateway, and its own key.
public record Hands(ToolClient client, String key) {
  /// @throws RefusedException when no answer came
  public Returned call(ToolAsking asking) throws InterruptedException {
    return client.call(key, asking);
  }
}
