// SPDX-License-Identifier: Apache-2.0
/// What must not wait until somebody looks.
///
/// In: what is found, what agents did lately, and the rules and alerts in the State. Out: commands
/// to control, that an alert is raised, told, changed and over, and that an incident is opened. All
/// of it follows from what is found now and from what control has of alerts, so that a restart
/// forgets nothing and tells nothing twice.
@NullMarked
package dev.steward.insight.alert;

import org.jspecify.annotations.NullMarked;
