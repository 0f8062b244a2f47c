namespace OpsConsole.Core.BackgroundActivity.Templates;

/// <summary>
/// Groups messages by template: Drain (P. He, J. Zhu, Z. Zheng, M. Lyu: "Drain: An Online Log Parsing Approach with Fixed Depth
/// Tree", ICWS 2017) in the small. A message goes down the tree by its number of words and its first words, and then joins the
/// most similar template of that leaf; where the two differ, the template gets <c>&lt;*&gt;</c>.
/// </summary>
internal sealed class Drain
{
    /// <summary>Stands for what varies.</summary>
    public const string Wildcard = "<*>";

    // The paper's values: similarity 0.5; a leaf deeper than its second word rarely pays.
    private const double Similar = 0.5;
    private const int LeadingWords = 2;
    private const int MostWords = 60;
    private const int MostTemplates = 5000;

    // Of messages that have nothing in common but their first words, the rest shares one template.
    private const int MostInLeaf = 100;

    private readonly Dictionary<string, List<Group>> _leaves = [];
    private readonly List<Group> _groups = [];

    /// <summary>Number of the template that the message belongs to. Templates may grow more general with each message.</summary>
    public int Add(string message)
    {
        var words = Words(message);
        var key = Key(words);
        if (!_leaves.TryGetValue(key, out var leaf))
        {
            _leaves[key] = leaf = [];
        }

        var best = Best(leaf, words);
        if (best is null)
        {
            if (leaf.Count >= MostInLeaf || (_groups.Count >= MostTemplates && leaf.Count > 0))
            {
                best = leaf[^1];
            }
            else
            {
                best = new Group(_groups.Count, words);
                _groups.Add(best);
                leaf.Add(best);
                return best.Number;
            }
        }

        best.Merge(words);
        return best.Number;
    }

    /// <summary>The text of a template.</summary>
    public string TemplateOf(int number) => string.Join(' ', _groups[number].Words);

    /// <summary>A message with what varies by nature left out.</summary>
    public static string Masked(string message) => string.Join(' ', Words(message));

    /// <summary>Words of a message; words with digits vary by nature (ids, times, amounts).</summary>
    private static string[] Words(string message)
    {
        var words = MessageCleaner.Clean(message).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > MostWords)
        {
            words = words[..MostWords];
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].AsSpan().IndexOfAnyInRange('0', '9') >= 0)
            {
                words[i] = Wildcard;
            }
        }

        return words;
    }

    private static string Key(string[] words)
    {
        var key = words.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < Math.Min(LeadingWords, words.Length); i++)
        {
            key += '\u001F' + words[i];
        }

        return key;
    }

    private static Group? Best(List<Group> leaf, string[] words)
    {
        Group? best = null;
        var most = 0.0;
        foreach (var group in leaf)
        {
            var similarity = group.SimilarityTo(words);
            if (similarity >= Similar && similarity > most)
            {
                best = group;
                most = similarity;
            }
        }

        return best;
    }

    private sealed class Group(int number, string[] words)
    {
        public int Number => number;

        public string[] Words => words;

        public double SimilarityTo(string[] other)
        {
            if (words.Length == 0)
            {
                return 1;
            }

            var same = 0;
            for (var i = 0; i < words.Length; i++)
            {
                same += words[i] == other[i] ? 1 : 0;
            }

            return (double)same / words.Length;
        }

        public void Merge(string[] other)
        {
            for (var i = 0; i < words.Length; i++)
            {
                if (words[i] != other[i])
                {
                    words[i] = Wildcard;
                }
            }
        }
    }
}
