// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.RecordedCall;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Brings a call of an endpoint to its end, whatever becomes of it: its client has an answer or a
/// refusal, and its record is kept.
///
/// @param refused how its client is told of a refusal
/// @param alone the place of a call of which no other is known
public record Conclusion<R extends RecordedCall>(
    R record, Function<Refusal, OwnAnswer> refused, Supplier<Place> alone, Consumer<R> kept) {
  private static final System.Logger LOG = System.getLogger(Conclusion.class.getName());

  /// What answers a call.
  @FunctionalInterface
  public interface Way {
    void go() throws IOException;
  }

  public void of(Way way, Begun answer) throws IOException {
    try {
      way.go();
    } catch (RefusedException e) {
      refuse(e.refusal(), answer);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a call of an endpoint failed", e);
      refuse(
          Refusal.of(
              Refusal.Kind.INTERNAL,
              "The gateway met an error it did not expect; it is in its log."),
          answer);
    } finally {
      if (record.place() == null) {
        record.place(alone.get());
      }
      kept.accept(record);
    }
  }

  private void refuse(Refusal refusal, Begun answer) throws IOException {
    record.refused(refusal);
    if (!answer.isBegun()) {
      OwnAnswer said = refused.apply(refusal);
      record.status(said.status());
      said.to(answer);
    }
  }
}
