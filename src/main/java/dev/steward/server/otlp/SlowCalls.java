// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Ends calls whose request does not come in time. Once it has come, answering has no deadline.
final class SlowCalls implements ServerInterceptor, AutoCloseable {
  private final Duration patience;
  private final ScheduledThreadPoolExecutor clock;

  SlowCalls(Duration patience) {
    this.patience = patience;
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name("slow-calls").daemon().unstarted(task));
    clock.setRemoveOnCancelPolicy(true);
  }

  @Override
  public <A, B> ServerCall.Listener<A> interceptCall(
      ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
    ServerCall.Listener<A> listener = next.startCall(call, headers);
    ScheduledFuture<?> end =
        clock.schedule(
            () -> call.close(late(), new Metadata()), patience.toMillis(), TimeUnit.MILLISECONDS);
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onHalfClose() {
        // A call that was ended meanwhile must not be answered a second time.
        if (end.cancel(false)) {
          super.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        end.cancel(false);
        super.onCancel();
      }

      @Override
      public void onComplete() {
        end.cancel(false);
        super.onComplete();
      }
    };
  }

  private Status late() {
    return Status.DEADLINE_EXCEEDED.withDescription(
        "the request did not come whole within " + patience + ": send smaller ones");
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
