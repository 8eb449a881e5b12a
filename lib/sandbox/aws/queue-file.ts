import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * fauxqs 2.4.1 with a data folder drops a message whose visibility is set to 0: it writes NULL as the receive
 * count, which its own table refuses, after having taken the message out of memory. The trigger does what was
 * meant, keeping the count, and lets the faulty update go.
 */
const RELEASE = `
CREATE TRIGGER IF NOT EXISTS release_message BEFORE UPDATE ON sqs_messages
WHEN NEW.approximate_receive_count IS NULL
BEGIN
  UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = OLD.message_id;
  SELECT RAISE(IGNORE);
END`;

/** To be called once fauxqs has made its file in the folder. */
export function repairQueueFile(folder: string): void {
  const file = new DatabaseSync(join(folder, 'fauxqs.db'));
  file.exec(RELEASE);
  file.close();
}
