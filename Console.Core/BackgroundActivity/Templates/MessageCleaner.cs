using System.Text;

namespace OpsConsole.Core.BackgroundActivity.Templates;

/// <summary>Takes colour codes (<c>ESC [ 3 2 m</c>) and all but the first line off a message.</summary>
internal static class MessageCleaner
{
    public static string Clean(string message)
    {
        var end = message.AsSpan().IndexOfAny('\n', '\r');
        if (end > 0)
        {
            message = message[..end];
        }

        if (!message.Contains('\u001B', StringComparison.Ordinal))
        {
            return message;
        }

        var text = new StringBuilder(message.Length);
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '\u001B' && i + 1 < message.Length && message[i + 1] == '[')
            {
                i += 2;
                while (i < message.Length && !char.IsAsciiLetter(message[i]))
                {
                    i++;
                }
            }
            else
            {
                text.Append(message[i]);
            }
        }

        return text.ToString();
    }
}
