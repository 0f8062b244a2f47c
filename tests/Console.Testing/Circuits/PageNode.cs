using System.Text;

namespace OpsConsole.Testing.Circuits;

/// <summary>A node of a page: an element, a text, markup, or what a component stands for.</summary>
public sealed class PageNode
{
    internal PageNode(PageNode? parent, int component)
    {
        Parent = parent;
        Component = component;
    }

    /// <summary>Name of the element; empty for anything else.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Text or markup; empty for elements.</summary>
    public string Own { get; internal set; } = "";

    /// <summary>What it lies in.</summary>
    public PageNode? Parent { get; }

    /// <summary>The component that drew it.</summary>
    public int Component { get; }

    /// <summary>Attributes by name.</summary>
    public Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids of the handlers by event: <c>click</c>, <c>input</c>, …</summary>
    public Dictionary<string, long> Handlers { get; } = new(StringComparer.Ordinal);

    /// <summary>What lies in it.</summary>
    public List<PageNode> Children { get; } = [];

    /// <summary>All texts within, as a reader would meet them.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            Add(text);
            return text.ToString();
        }
    }

    /// <summary>An attribute, or the empty text.</summary>
    public string this[string attribute] => Attributes.GetValueOrDefault(attribute, "");

    /// <summary>Itself and all below it, in the order of the page.</summary>
    public IEnumerable<PageNode> All()
    {
        yield return this;
        foreach (var child in Children)
        {
            foreach (var below in child.All())
            {
                yield return below;
            }
        }
    }

    /// <summary>The first element below of this name that satisfies the condition.</summary>
    public PageNode? Find(string name, Func<PageNode, bool>? condition = null)
    {
        foreach (var child in Children)
        {
            if ((child.Name == name && (condition is null || condition(child)) ? child : child.Find(name, condition)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>True when one of its classes is this.</summary>
    public bool HasClass(string name) => this["class"].Split(' ').Contains(name, StringComparer.Ordinal);

    private void Add(StringBuilder text)
    {
        text.Append(Own);
        foreach (var child in Children)
        {
            child.Add(text);
        }
    }
}
