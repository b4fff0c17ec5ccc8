// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.gateway.identity.ModelChoice;
import java.time.Duration;

/// Told how the calls of providers go, by the threads that make them; it must not hold them up.
public interface UpstreamEvents {

  /// Status and headers of an answer are there.
  void answered(ModelChoice choice, int status, Duration took);

  /// There is no answer.
  void failed(ModelChoice choice, String reason);

  /// An answer that is no error came whole.
  ///
  /// @param took since the call was sent
  void ended(ModelChoice choice, Duration took);

  /// An answer broke off.
  void brokeOff(ModelChoice choice, String reason);

  /// A call goes to the next model of its chain, since this one did not do.
  void passedOver(ModelChoice choice);
}
