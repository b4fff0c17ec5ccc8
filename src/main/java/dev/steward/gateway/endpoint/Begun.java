// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// The answer of one call, which knows whether it was begun: a refusal can be sent only before.
public final class Begun implements Answer {
  private final Answer answer;
  private boolean begun;

  public Begun(Answer answer) {
    this.answer = answer;
  }

  public boolean isBegun() {
    return begun;
  }

  @Override
  public void whole(int status, List<Header> headers, byte[] body) throws IOException {
    begun = true;
    answer.whole(status, headers, body);
  }

  @Override
  public OutputStream begin(int status, List<Header> headers, long length) throws IOException {
    begun = true;
    return answer.begin(status, headers, length);
  }
}
