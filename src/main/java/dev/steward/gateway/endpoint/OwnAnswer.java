// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import java.io.IOException;
import java.util.List;

/// What the gateway itself answers in an endpoint's place.
public record OwnAnswer(int status, List<Header> headers, byte[] body) {
  public void to(Answer answer) throws IOException {
    answer.whole(status, headers, body);
  }
}
