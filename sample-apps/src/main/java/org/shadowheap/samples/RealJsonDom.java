package org.shadowheap.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The orders by city of {@link RealJson} as a tree of the JDK's DOM. What is digested is the tree, not its text: the form
 * that JDKs give to printed XML has changed.
 */
final class RealJsonDom {

    private static final int ARCHIVE_EVERY = 3;

    private final Document document;
    private final Element cities;

    private RealJsonDom(Document document) {
        this.document = document;
        this.cities = document.getDocumentElement();
    }

    /** Prints the cities as XML and parses them. */
    static RealJsonDom of(ObjectNode cities)
            throws XMLStreamException, ParserConfigurationException, SAXException, IOException {
        StringWriter text = new StringWriter();
        XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        writer.writeStartDocument();
        writer.writeStartElement("cities");
        for (var city : cities.properties()) {
            writer.writeStartElement("city");
            writer.writeAttribute("name", city.getKey());
            for (JsonNode order : city.getValue()) {
                write(order, writer);
            }
            writer.writeEndElement();
        }
        writer.writeEndElement();
        writer.writeEndDocument();
        writer.close();
        InputSource source = new InputSource(new StringReader(text.toString()));
        return new RealJsonDom(
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(source));
    }

    private static void write(JsonNode order, XMLStreamWriter writer) throws XMLStreamException {
        writer.writeStartElement("order");
        writer.writeAttribute("cents", order.get("cents").asText());
        writer.writeAttribute("customer", order.at("/customer/name").asText());
        for (JsonNode line : order.get("lines")) {
            writer.writeStartElement("line");
            writer.writeAttribute("quantity", line.get("quantity").asText());
            writer.writeCharacters(line.get("article").textValue());
            writer.writeEndElement();
        }
        writer.writeEndElement();
    }

    /** Moves orders of every city to a city of their own, and marks them. */
    void archive() {
        Element archive = document.createElement("archive");
        int count = 0;
        for (Node city = cities.getFirstChild(); city != null; city = city.getNextSibling()) {
            Node order = city.getFirstChild();
            while (order != null) {
                Node next = order.getNextSibling();
                if (count % ARCHIVE_EVERY == 0) {
                    ((Element) order).setAttribute("number", Integer.toString(count));
                    archive.appendChild(order);
                    archive.appendChild(document.createComment("from " + ((Element) city).getAttribute("name")));
                }
                count++;
                order = next;
            }
        }
        cities.appendChild(archive);
    }

    /** The sum over all orders, wherever they are. */
    long cents() {
        return cents(cities);
    }

    private static long cents(Node node) {
        long sum = 0;
        if (node instanceof Element order && order.getTagName().equals("order")) {
            sum += Long.parseLong(order.getAttribute("cents"));
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            sum += cents(child);
        }
        return sum;
    }

    /** Adds the whole tree, and returns how many elements it has. */
    long addTo(Digest digest) {
        return add(cities, digest);
    }

    private static long add(Node node, Digest digest) {
        long elements = 0;
        digest.add(node.getNodeName());
        digest.add(String.valueOf(node.getNodeValue()));
        if (node instanceof Element element) {
            elements++;
            for (String attribute : new String[] {"name", "customer", "cents", "quantity", "number"}) {
                digest.add(element.getAttribute(attribute));
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            elements += add(child, digest);
        }
        return elements;
    }
}
