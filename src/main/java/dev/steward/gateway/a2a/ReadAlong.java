// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.gateway.agent.AgentForm.Answering;
import dev.steward.gateway.relay.Relay;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Reads along, in what passes, which task and context an agent answers for.
final class ReadAlong implements Relay.Filter {
  private static final int BYTES_MAX = 1 << 20;

  private final A2aTasks tasks;
  private final Answering answering;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean done;

  ReadAlong(A2aTasks tasks, Answering answering) {
    this.tasks = tasks;
    this.answering = answering;
  }

  @Override
  public byte[] pass(byte[] parts) {
    if (!done) {
      if (answering.events()) {
        events(new String(parts, StandardCharsets.UTF_8));
      } else {
        whole(parts);
      }
    }
    return parts;
  }

  private void whole(byte[] part) {
    body.writeBytes(part);
    if (body.size() > BYTES_MAX) {
      done = true;
    } else if (new String(part, StandardCharsets.UTF_8).stripTrailing().endsWith("}")) {
      learn(body.toByteArray());
    }
  }

  private void events(String events) {
    for (String line : events.split("\r?\n", -1)) {
      if (!done && line.startsWith("data:")) {
        learn(line.substring("data:".length()).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void learn(byte[] json) {
    Told.of(json)
        .ifPresent(told -> {
          tasks.learn(answering.owner(), told.context(), told.task());
          done = !told.task().isEmpty();
        });
  }
}
