// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.connection;

import dev.steward.gateway.rpc.RpcMessage;
import org.jspecify.annotations.Nullable;

/// An answer that is one response, known already.
public final class Single implements Answers {
  private final RpcMessage message;
  private boolean told;

  public Single(RpcMessage message) {
    this.message = message;
  }

  @Override
  public boolean streaming() {
    return false;
  }

  @Override
  public @Nullable RpcMessage next() {
    boolean first = !told;
    told = true;
    return first ? message : null;
  }

  @Override
  public void close() {
    // nothing is open
  }
}
