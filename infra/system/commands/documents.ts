// Manages the trusted documents: npm run documents -- push MANIFEST | list | remove HASH
import { runDocuments } from '../../../gateway/documents/push-documents.ts';
import { runCommand } from '../../process/command.ts';
import { readConfig } from '../config/config.ts';

if (import.meta.main) {
  const { stdout: out, stderr: err, argv } = process;
  await runCommand(() =>
    runDocuments(argv.slice(2), { folder: readConfig(process.env).TRUSTED_DOCUMENTS_FOLDER, out, err }),
  );
}
