import type { SentFile } from '../protocol.ts';

/** A file as it goes to the server. */
export async function sentFile(name: string, content: Blob): Promise<SentFile> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("The file can't be read"));
    reader.readAsDataURL(content);
  });
  return { name, base64: url.slice(url.indexOf(',') + 1) };
}
