-- A unit that a signed step reached, and that has not said so, comes after what is to be signed.
update matter_wait set place = place + 1 where place >= 2;
