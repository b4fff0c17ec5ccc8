// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import dev.steward.domain.resource.Channel;

/// Brings a delivery to its receiver.
@FunctionalInterface
public interface Carrier {
  /// Returns when the receiver has taken it.
  ///
  /// @throws NotCarried when it has not
  void carry(Channel channel, Delivery delivery) throws NotCarried;

  /// Why a delivery was not taken.
  final class NotCarried extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    /// @param message for an operator, without any secret
    /// @param forGood whether trying again is of no use
    public NotCarried(String message, boolean forGood) {
      super(message);
      this.forGood = forGood;
    }

    public boolean forGood() {
      return forGood;
    }
  }
}
