// SPDX-License-Identifier: Apache-2.0
/// To which versions a key can be bound, and when one that is bound works: in with State, out with
/// yes or no. It knows nothing of who asks.
@NullMarked
package dev.steward.control.bound;

import org.jspecify.annotations.NullMarked;
