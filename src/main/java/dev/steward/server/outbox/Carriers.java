// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.outbox.Carrier;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.secret.SecretStore;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Channel;
import java.time.InstantSource;
import java.util.function.Supplier;

/// A carrier for every type of channel.
public final class Carriers implements Carrier {
  private final Carrier webhooks;
  private final Carrier mails;
  private final Carrier pages;

  /// @param address of this server, for links
  public Carriers(
      AddressGuard guard,
      SecretStore secrets,
      Supplier<String> address,
      Supplier<State> state,
      InstantSource clock) {
    Posting posting = new Posting(guard);
    this.webhooks = new WebhookCarrier(posting, secrets, address, clock);
    this.mails = new MailCarrier(guard, secrets, address);
    this.pages = new PagerDutyCarrier(posting, secrets, address, state);
  }

  @Override
  public void carry(Channel channel, Delivery delivery) throws NotCarried {
    switch (channel.type()) {
      case WEBHOOK, SLACK -> webhooks.carry(channel, delivery);
      case EMAIL -> mails.carry(channel, delivery);
      case PAGERDUTY -> pages.carry(channel, delivery);
    }
  }
}
